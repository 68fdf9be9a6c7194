import { Secret, TOTP } from 'otpauth';

/** What an authenticator app shows at a time for a secret, as the shop tells it: with blanks between. */
export function authenticatorCode(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), timestamp: at.getTime() });
}
