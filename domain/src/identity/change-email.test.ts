import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countStatements, guest } from '../kernel/index.ts';
import {
  asUser,
  createTestClock,
  createTestDomain,
  mailsTo,
  signUp,
  type TestDomain,
  tokenMailed,
} from '../testing/index.ts';
import {
  changeEmail,
  changePassword,
  confirmEmailChange,
  findUserByEmail,
  peekEmailChange,
  readUser,
  signedInBy,
  startSession,
  undoChange,
} from './index.ts';

const clock = createTestClock();
let shop: TestDomain;
let serial = 0;

beforeAll(async () => {
  shop = await createTestDomain({ parts: { clock } });
});
afterAll(() => shop.close());
beforeEach(() => clock.advance(48 * 3600));

const visitor = () => shop.domain.context({ actor: guest });
const newAddress = () => {
  serial += 1;
  return `moved-${serial}@example.com`;
};

/** Asks for a change; the tokens of both links. */
async function asked(user: { ctx: Parameters<typeof changeEmail>[0]; email: string }, to: string) {
  await changeEmail(user.ctx, { email: to });
  await shop.runJobs();
  return {
    approve: await tokenMailed(shop.ctx, user.email, 'email-change-approve'),
    verify: await tokenMailed(shop.ctx, to, 'email-change-verify'),
  };
}

const emailOf = async (userId: string) => (await readUser(shop.ctx, userId)).email;

describe('another address', () => {
  test.each([
    ['the old one first', ['approve', 'verify'], 'waits-for-new-address'],
    ['the new one first', ['verify', 'approve'], 'waits-for-old-address'],
  ] as const)('takes both links, %s', async (_name, order, meanwhile) => {
    const user = await signUp(shop.ctx);
    const other = await startSession(shop.ctx, { userId: user.userId, kind: 'web' });
    const to = newAddress();
    const tokens = await asked(user, to);
    expect(await peekEmailChange(visitor(), { token: tokens.verify })).toMatchObject({
      from: user.email,
      to,
    });
    const [first, second] = order;
    expect(await confirmEmailChange(visitor(), { token: tokens[first] })).toEqual({
      progress: meanwhile,
      email: to,
    });
    expect(await emailOf(user.userId)).toBe(user.email);
    expect(await confirmEmailChange(visitor(), { token: tokens[second] })).toEqual({
      progress: 'changed',
      email: to,
    });
    expect(await emailOf(user.userId)).toBe(to);
    expect(await signedInBy(shop.ctx, { token: user.token })).toMatchObject({ email: to });
    expect(await signedInBy(shop.ctx, { token: other.token })).toBeNull();
  });

  test('takes effect once when both links are used at the same time', async () => {
    const user = await signUp(shop.ctx);
    const to = newAddress();
    const { approve, verify } = await asked(user, to);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        confirmEmailChange(visitor(), { token: index % 2 === 0 ? approve : verify }),
      ),
    );
    const progress = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.progress] : [],
    );
    expect(progress).toHaveLength(2);
    expect(progress).toContain('changed');
    expect(await emailOf(user.userId)).toBe(to);
  });

  test('goes to one of two who want it at once', async () => {
    const users = [await signUp(shop.ctx), await signUp(shop.ctx)];
    const to = newAddress();
    const links = [];
    for (const user of users) links.push(await asked(user, to));
    for (const { approve } of links) await confirmEmailChange(visitor(), { token: approve });
    const results = await Promise.allSettled(
      links.map(({ verify }) => confirmEmailChange(visitor(), { token: verify })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    const owner = await findUserByEmail(shop.ctx, to);
    expect(users.map(({ userId }) => userId)).toContain(owner?.id);
  });

  test('that has an account looks the same and gets no link', async () => {
    const [user, taken] = [await signUp(shop.ctx), await signUp(shop.ctx)];
    const free = await countStatements(() => changeEmail(user.ctx, { email: newAddress() }));
    expect(await countStatements(() => changeEmail(user.ctx, { email: taken.email }))).toEqual(free);
    await shop.runJobs();
    expect(await mailsTo(shop.ctx, taken.email)).toEqual([]);
  });

  test('asked for later takes the place of the one before', async () => {
    const user = await signUp(shop.ctx);
    const before = await asked(user, newAddress());
    const to = newAddress();
    const now = await asked(user, to);
    for (const token of [before.approve, before.verify])
      await expect(confirmEmailChange(visitor(), { token })).rejects.toMatchObject({ code: 'token_invalid' });
    await confirmEmailChange(visitor(), { token: now.approve });
    await confirmEmailChange(visitor(), { token: now.verify });
    expect(await emailOf(user.userId)).toBe(to);
  });

  test('does not take effect when one link is used and the other lapses', async () => {
    const user = await signUp(shop.ctx);
    const { approve, verify } = await asked(user, newAddress());
    await confirmEmailChange(visitor(), { token: verify });
    clock.advance(3600);
    await expect(confirmEmailChange(visitor(), { token: approve })).rejects.toMatchObject({
      code: 'token_invalid',
    });
    expect(await emailOf(user.userId)).toBe(user.email);
  });

  test('needs a fresh log-in, and another address than now', async () => {
    const user = await signUp(shop.ctx);
    await expect(changeEmail(user.ctx, { email: user.email })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    clock.advance(16 * 60);
    await expect(changeEmail(user.ctx, { email: newAddress() })).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
  });
});

describe('the owner of the old address', () => {
  test('takes it back within a week, also from who goes on to a third', async () => {
    const user = await signUp(shop.ctx);
    const [second, third] = [newAddress(), newAddress()];
    const first = await asked(user, second);
    await confirmEmailChange(visitor(), { token: first.approve });
    await confirmEmailChange(visitor(), { token: first.verify });
    const undo = await tokenMailed(shop.ctx, user.email, 'email-changed');
    // the thief goes on: another address, another password, and takes their own change back
    clock.advance(60);
    const thief = { ctx: await asUser(shop.ctx, user.token), email: second };
    await changePassword(thief.ctx, { currentPassword: '', newPassword: 'what the thief wants' });
    const rest = await signInAgain(user.userId);
    const next = await asked({ ...rest, email: second }, third);
    await confirmEmailChange(visitor(), { token: next.approve });
    await confirmEmailChange(visitor(), { token: next.verify });
    const theirUndo = await tokenMailed(shop.ctx, second, 'email-changed');
    const theirPasswordUndo = await tokenMailed(shop.ctx, second, 'password-changed');
    await undoChange(visitor(), { token: theirPasswordUndo });
    await undoChange(visitor(), { token: theirUndo });
    clock.advance(6 * 24 * 3600);
    await undoChange(visitor(), { token: undo });
    expect(await readUser(shop.ctx, user.userId)).toMatchObject({ email: user.email, passwordHash: null });
    expect(await signedInBy(shop.ctx, { token: rest.token })).toBeNull();
    expect(await tokenMailed(shop.ctx, user.email, 'reset-password')).toBeTruthy();
  });

  test('cannot when somebody has made an account of it since', async () => {
    const user = await signUp(shop.ctx);
    const links = await asked(user, newAddress());
    await confirmEmailChange(visitor(), { token: links.approve });
    await confirmEmailChange(visitor(), { token: links.verify });
    const undo = await tokenMailed(shop.ctx, user.email, 'email-changed');
    await signUp(shop.ctx, { email: user.email });
    await expect(undoChange(visitor(), { token: undo })).rejects.toMatchObject({ code: 'conflict' });
  });
});

async function signInAgain(userId: string) {
  const { token } = await startSession(shop.ctx, { userId, kind: 'web' });
  return { token, ctx: await asUser(shop.ctx, token) };
}
