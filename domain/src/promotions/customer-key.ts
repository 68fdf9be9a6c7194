import { createHmac } from 'node:crypto';
import { type Context, deriveKey } from '../kernel/index.ts';

const PURPOSE = 'promotions:customer';

/**
 * What a customer is counted by without keeping who it is: a keyed hash of the e-mail address, which is trimmed and lower-cased
 * (NFKC) before. Base64url.
 */
export function customerKey(ctx: Pick<Context, 'config'>, email: string): string {
  return keyBy(ctx.config.secrets[0], email);
}

/**
 * All keys that a customer may have been counted under: by the address, with each of the shop's secrets, so that limits outlive the
 * rotation of secrets; and by the account.
 */
export function customerKeysOf(
  ctx: Pick<Context, 'config'>,
  customer: { email: string | null; userId: string | null },
): string[] {
  const { email, userId } = customer;
  return [
    ...(email === null ? [] : ctx.config.secrets.map((secret) => keyBy(secret, email))),
    ...(userId === null ? [] : [`user:${userId}`]),
  ];
}

function keyBy(secret: string, email: string): string {
  const address = email.normalize('NFKC').trim().toLowerCase();
  return createHmac('sha256', deriveKey(secret, PURPOSE)).update(address).digest('base64url');
}
