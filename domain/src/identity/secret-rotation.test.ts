import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCartToken, signCartToken } from '../cart/index.ts';
import { type Context, createContext } from '../kernel/index.ts';
import { asUser, createTestDomain, signUp, type TestDomain } from '../testing/index.ts';
import { signAccessToken, signedInByAccessToken } from './access-tokens.ts';
import { resealSecrets, signedInBy, startSession } from './index.ts';
import { knownDevice, rememberDevice } from './known-device.ts';
import { confirmTotp, startTotp } from './set-up-totp.ts';
import { issueToken, takeToken } from './tokens.ts';
import { takeTotpCode } from './totp.ts';
import { readUser } from './users.ts';

const older = 'an-older-secret-that-is-at-least-32-chars';
const newest = 'the-newest-secret-that-is-also-32-chars-long';
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain({ env: { SOUK_SECRET: older } });
});
afterAll(async () => {
  await shop.close();
});

/** The same shop after its list of secrets has changed. */
function by(ctx: Context, ...secrets: [string, ...string[]]): Context {
  return createContext({ ...ctx, config: { ...ctx.config, secrets } });
}

describe('after a newer secret has come', () => {
  test('all that the older one has signed and sealed holds, and what is new is by the newer one', async () => {
    const ada = await signUp(shop.ctx);
    const user = await readUser(shop.ctx, ada.userId);
    const mobile = await startSession(shop.ctx, { userId: ada.userId, kind: 'mobile' });
    const { accessToken } = await signAccessToken(shop.ctx, {
      userId: ada.userId,
      sessionId: mobile.sessionId,
    });
    const cart = signCartToken(shop.ctx, 'a-cart');
    const device = rememberDevice(shop.ctx, null, ada.userId);
    const schema = z.object({ what: z.string() });
    const link = await issueToken(shop.ctx, {
      purpose: 'reset-password',
      userId: ada.userId,
      ttlSeconds: 60,
      payload: { what: 'kept' },
    });

    const rotated = by(shop.ctx, newest, older);
    expect(await signedInBy(rotated, { token: ada.token })).toMatchObject({ userId: ada.userId });
    expect(await signedInByAccessToken(rotated, accessToken)).toMatchObject({ userId: ada.userId });
    expect(readCartToken(rotated, cart)).toBe('a-cart');
    expect(knownDevice(rotated, device, user)).not.toBeNull();
    expect(await takeToken(rotated, { purpose: 'reset-password', token: link, schema })).toMatchObject({
      payload: { what: 'kept' },
    });

    const onlyNewest = by(shop.ctx, newest);
    const renewed = await signAccessToken(rotated, { userId: ada.userId, sessionId: mobile.sessionId });
    expect(await signedInByAccessToken(onlyNewest, renewed.accessToken)).not.toBeNull();
    expect(readCartToken(onlyNewest, signCartToken(rotated, 'a-cart'))).toBe('a-cart');
    expect(await signedInByAccessToken(onlyNewest, accessToken)).toBeNull();
    expect(readCartToken(onlyNewest, cart)).toBeNull();
    expect(knownDevice(onlyNewest, device, user)).toBeNull();
    // sessions are no matter of secrets: nobody is logged out
    expect(await signedInBy(onlyNewest, { token: ada.token })).not.toBeNull();
  });

  test('authenticator apps go on once they are sealed anew, and the older secret can go', async () => {
    const ada = await signUp(shop.ctx);
    const { uri, secret } = await startTotp(ada.ctx);
    expect(uri).toContain('otpauth://');
    const app = new TOTP({ secret: secret.replaceAll(' ', '') });
    const now = () => shop.ctx.clock.now().getTime();
    await confirmTotp(await asUser(shop.ctx, ada.token), {
      code: app.generate({ timestamp: now() - 30_000 }),
    });
    const onlyNewest = by(shop.ctx, newest);
    await expect(takeTotpCode(onlyNewest, ada.userId, app.generate({ timestamp: now() }))).rejects.toThrow(
      'SOUK_SECRET',
    );
    expect(await resealSecrets(by(shop.ctx, newest, older))).toBeGreaterThan(0);
    expect(await takeTotpCode(onlyNewest, ada.userId, app.generate({ timestamp: now() }))).toBe(true);
  });
});
