import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What is signed, where it differs from what an honest browser and authenticator make of it. */
interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  /** Whether the owner was verified, by a fingerprint or a PIN. */
  readonly isVerified?: boolean;
  readonly signCount?: number;
  readonly userHandle?: string;
}

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };
const ES256 = -7;

/**
 * A passkey in software, with the browser around it: makes and signs what WebAuthn asks for (ES256, no attestation).
 *
 * @param shopUrl the shop that the browser believes to be at
 */
export function createAuthenticator(shopUrl: string) {
  const credentialId = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = credentialId.toString('base64url');
  let signCount = 0;
  let userHandle: string | undefined;

  function authenticatorData(deviation: Deviation, extra: Uint8Array = new Uint8Array()): Buffer {
    const { rpId = new URL(shopUrl).hostname, isVerified = true } = deviation;
    const flags = FLAGS.present | (isVerified ? FLAGS.verified : 0) | (extra.length > 0 ? FLAGS.attested : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(deviation.signCount ?? signCount);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter, extra]);
  }

  function clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = new URL(shopUrl).origin } = deviation;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  function attestedKey(): Buffer {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, ES256],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credentialId.length);
    return Buffer.concat([Buffer.alloc(16), length, credentialId, isoCBOR.encode(cose)]);
  }

  return {
    id,
    /** Answers `navigator.credentials.create()`. */
    create(options: { challenge: string; user: { id: string } }, deviation: Deviation = {}) {
      userHandle = options.user.id;
      const data = authenticatorData(deviation, attestedKey());
      const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(data)],
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, deviation).toString('base64url'),
          attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    /** Answers `navigator.credentials.get()`, and counts. */
    get(options: { challenge: string }, deviation: Deviation = {}) {
      signCount += 1;
      const data = authenticatorData(deviation);
      const client = clientData('webauthn.get', options.challenge, deviation);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
          userHandle: deviation.userHandle ?? userHandle,
        },
      };
    },
  };
}
