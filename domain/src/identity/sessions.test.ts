import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDomain } from '../app/index.ts';
import { countStatements, createLogger, guest, hashToken, nowhere, withActor } from '../kernel/index.ts';
import { createTestClock, createTestDomain, signUp, type TestDomain } from '../testing/index.ts';
import {
  endOtherSessions,
  endSession,
  endSessions,
  grantRole,
  listSessions,
  refreshSessions,
  rotateSession,
  setUserStatus,
  signedInBy,
  startSession,
} from './index.ts';
import { sweepSessions } from './manage-sessions.ts';

const DAY = 24 * 3600;
const clock = createTestClock();
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(async () => {
  await shop.close();
});

describe('a session', () => {
  test('is known by its token and by its id, and says who it is', async () => {
    const ada = await signUp(shop.ctx, { name: 'Ada' });
    const byToken = await signedInBy(shop.ctx, { token: ada.token });
    expect(byToken).toMatchObject({
      userId: ada.userId,
      email: ada.email,
      name: 'Ada',
      roles: [],
      kind: 'web',
    });
    expect(await signedInBy(shop.ctx, { sessionId: byToken?.sessionId ?? '' })).toEqual(byToken);
  });

  test('has a token of 256 bits, of which only the hash is anywhere in the database', async () => {
    const { token } = await signUp(shop.ctx);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const rows = await shop.ctx.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.map((row) => row.token_hash)).toContain(hashToken(token));
  });

  test.each(['', 'x', 'a'.repeat(43), "' or 1=1 --", 'é'.repeat(43)])(
    'is not opened by %j',
    async (token) => {
      expect(await signedInBy(shop.ctx, { token })).toBeNull();
    },
  );

  test('costs one indexed read when it is not cached, and none when it is', async () => {
    const { token } = await signUp(shop.ctx);
    await refreshCache();
    const cold = await countStatements(() => signedInBy(shop.ctx, { token }));
    const warm = await countStatements(() => signedInBy(shop.ctx, { token }));
    expect([cold.statements, warm.statements]).toEqual([1, 0]);
  });

  test('ends when it is not used for two weeks, and not before', async () => {
    const { token } = await signUp(shop.ctx);
    for (let week = 0; week < 4; week += 1) {
      clock.advance(13 * DAY);
      await refreshCache();
      expect(await signedInBy(shop.ctx, { token })).not.toBeNull();
    }
    clock.advance(14 * DAY + 1);
    expect(await signedInBy(shop.ctx, { token })).toBeNull();
  });

  test('ends after ninety days however much it is used', async () => {
    const { token } = await signUp(shop.ctx);
    for (let day = 0; day < 89; day += 1) {
      clock.advance(DAY);
      await refreshCache();
      expect(await signedInBy(shop.ctx, { token })).not.toBeNull();
    }
    clock.advance(DAY + 1);
    await refreshCache();
    expect(await signedInBy(shop.ctx, { token })).toBeNull();
    await sweepSessions(shop.ctx);
    const left = await shop.ctx.db
      .selectFrom('sessions')
      .select('id')
      .where('token_hash', '=', hashToken(token))
      .execute();
    expect(left).toEqual([]);
  });

  test('of staff ends after two hours without use, and after twelve at all', async () => {
    const idle = await signUp(shop.ctx, { role: 'support' });
    const busy = await signUp(shop.ctx, { role: 'admin' });
    for (let hour = 0; hour < 11; hour += 1) {
      clock.advance(3600);
      await refreshCache();
      expect(await signedInBy(shop.ctx, { token: busy.token })).not.toBeNull();
    }
    expect(await signedInBy(shop.ctx, { token: idle.token })).toBeNull();
    clock.advance(3601);
    await refreshCache();
    expect(await signedInBy(shop.ctx, { token: busy.token })).toBeNull();
  });
});

describe('ending sessions', () => {
  test('works at once although the session was cached, here and in another process', async () => {
    const elsewhere = await otherProcess();
    const ada = await signUp(shop.ctx);
    expect(await signedInBy(elsewhere.ctx, { token: ada.token })).not.toBeNull();
    const id = ada.ctx.actor.session?.id ?? '';
    await endSession(ada.ctx, { sessionId: id });
    expect(await signedInBy(elsewhere.ctx, { token: ada.token })).toBeNull();
    expect(await signedInBy(shop.ctx, { token: ada.token })).toBeNull();
    expect(await signedInBy(shop.ctx, { sessionId: id })).toBeNull();
    await elsewhere.close();
  });

  test('cannot be undone by a view that was read before', async () => {
    const ada = await signUp(shop.ctx);
    const key = `session:${hashToken(ada.token)}`;
    const before = await shop.ctx.cache.get(key);
    await endSessions(shop.ctx, { userId: ada.userId });
    await shop.ctx.cache.add(key, before, 30); // a slow reader comes in late
    expect(await signedInBy(shop.ctx, { token: ada.token })).toBeNull();
  });

  test('that does not happen after all leaves the session as it was', async () => {
    const ada = await signUp(shop.ctx);
    const failing = shop.ctx.transaction(async (tx) => {
      await endSessions(tx, { userId: ada.userId });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await signedInBy(shop.ctx, { token: ada.token })).not.toBeNull();
  });

  test('is for its owner alone', async () => {
    const ada = await signUp(shop.ctx);
    const eve = await signUp(shop.ctx);
    await endSession(eve.ctx, { sessionId: ada.ctx.actor.session?.id ?? '' });
    expect(await signedInBy(shop.ctx, { token: ada.token })).not.toBeNull();
    await expect(endSession(withActor(shop.ctx, guest), { sessionId: ada.userId })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('everywhere else keeps the one at hand', async () => {
    const ada = await signUp(shop.ctx);
    const phone = await startSession(shop.ctx, { userId: ada.userId, kind: 'mobile' });
    expect(await endOtherSessions(ada.ctx)).toBe(1);
    expect(await signedInBy(shop.ctx, { token: ada.token })).not.toBeNull();
    expect(await signedInBy(shop.ctx, { token: phone.token })).toBeNull();
  });
});

describe('the list of sessions', () => {
  test('tells device and network, never the whole address, and which one is at hand', async () => {
    const ada = await signUp(shop.ctx);
    const origin = {
      ...nowhere,
      address: '203.0.113.77',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0',
    };
    await startSession(shop.domain.context({ origin }), { userId: ada.userId, kind: 'web' });
    const list = await listSessions(ada.ctx);
    expect(list.map(({ isCurrent, device, network }) => ({ isCurrent, device, network }))).toEqual([
      { isCurrent: true, device: '', network: '' },
      { isCurrent: false, device: 'Firefox on Windows', network: '203.0.113.0/24' },
    ]);
    const rows = await shop.ctx.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('203.0.113.77');
  });
});

describe('a change of rights', () => {
  test('gives the session a new token, and the old one is worth nothing', async () => {
    const ada = await signUp(shop.ctx);
    clock.advance(60);
    const rotated = await rotateSession(ada.ctx);
    expect(await signedInBy(shop.ctx, { token: ada.token })).toBeNull();
    const now = await signedInBy(shop.ctx, { token: rotated.token });
    expect(now).toMatchObject({ sessionId: ada.ctx.actor.session?.id, authenticatedAt: clock.now() });
    await expect(
      rotateSession(withActor(shop.ctx, { ...ada.ctx.actor, session: null })),
    ).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('of role or status ends all sessions', async () => {
    const boss = await signUp(shop.ctx, { role: 'super_admin' });
    const ada = await signUp(shop.ctx);
    await grantRole(boss.ctx, { userId: ada.userId, role: 'support', sellerId: null });
    expect(await signedInBy(shop.ctx, { token: ada.token })).toBeNull();
    const next = await startSession(shop.ctx, { userId: ada.userId, kind: 'web' });
    expect(await signedInBy(shop.ctx, { token: next.token })).toMatchObject({
      roles: [{ role: 'support', sellerId: null }],
    });
    await setUserStatus(boss.ctx, { userId: ada.userId, status: 'disabled' });
    expect(await signedInBy(shop.ctx, { token: next.token })).toBeNull();
  });

  test('of a name is seen at once', async () => {
    const ada = await signUp(shop.ctx, { name: 'Ada' });
    await shop.ctx.transaction(async (tx) => {
      await tx.db.updateTable('users').set({ name: 'Augusta' }).where('id', '=', ada.userId).execute();
      await refreshSessions(tx, { userId: ada.userId });
    });
    expect(await signedInBy(shop.ctx, { token: ada.token })).toMatchObject({ name: 'Augusta' });
  });
});

/** As if all that was cached had lapsed. */
async function refreshCache(): Promise<void> {
  const rows = await shop.ctx.db.selectFrom('sessions').select(['token_hash', 'id']).execute();
  await shop.ctx.cache.delete(...rows.flatMap((row) => [`session:${row.token_hash}`, `session:${row.id}`]));
}

/** The same database and cache by connections of its own. */
async function otherProcess() {
  const domain = createDomain(shop.config, {
    logger: createLogger({ name: 'test', level: 'silent' }),
    parts: { clock },
  });
  return { ctx: domain.context(), close: () => domain.close() };
}
