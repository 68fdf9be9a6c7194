import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, withActor } from '../kernel/index.ts';
import { createTestDomain, signUp, type TestDomain } from '../testing/index.ts';
import {
  auditFilter,
  grantRole,
  listAudit,
  listUsers,
  recordAudit,
  roleOfUser,
  setUserStatus,
  userFilter,
  withdrawRole,
} from './index.ts';

let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  await shop.close();
});

const role = (userId: string, name: 'support' | 'admin' | 'super_admin') =>
  roleOfUser.parse({ userId, role: name });

describe('granting roles', () => {
  test('an admin makes support, but no admin; a super admin makes both', async () => {
    const admin = await signUp(shop.ctx, { role: 'admin' });
    const boss = await signUp(shop.ctx, { role: 'super_admin' });
    const { userId } = await signUp(shop.ctx);
    await grantRole(admin.ctx, role(userId, 'support'));
    await expect(grantRole(admin.ctx, role(userId, 'admin'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(grantRole(admin.ctx, role(admin.userId, 'super_admin'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await grantRole(boss.ctx, role(userId, 'admin'));
    expect(await rolesOf(userId)).toEqual(['admin', 'support']);
    await withdrawRole(boss.ctx, role(userId, 'admin'));
    await withdrawRole(boss.ctx, role(userId, 'admin'));
    expect(await rolesOf(userId)).toEqual(['support']);
  });

  test('nobody else may', async () => {
    const support = await signUp(shop.ctx, { role: 'support' });
    const manager = await signUp(shop.ctx, { role: 'catalogue_manager' });
    for (const { ctx, userId } of [support, manager, await signUp(shop.ctx)]) {
      await expect(grantRole(ctx, role(userId, 'support'))).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listUsers(ctx, userFilter.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listAudit(ctx, auditFilter.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
    }
    const visitor = withActor(shop.ctx, guest);
    await expect(grantRole(visitor, role(support.userId, 'admin'))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test("a seller's role needs a seller, no other takes one", () => {
    const userId = crypto.randomUUID();
    const sellerId = crypto.randomUUID();
    expect(roleOfUser.safeParse({ userId, role: 'seller_owner' }).success).toBe(false);
    expect(roleOfUser.safeParse({ userId, role: 'admin', sellerId }).success).toBe(false);
    expect(roleOfUser.safeParse({ userId, role: 'seller_staff', sellerId }).success).toBe(true);
    expect(roleOfUser.safeParse({ userId, role: 'god' }).success).toBe(false);
  });

  test('the shop keeps a super admin, also when the last two leave at once', async () => {
    const fresh = await createTestDomain();
    const one = await signUp(fresh.ctx, { role: 'super_admin' });
    const two = await signUp(fresh.ctx, { role: 'super_admin' });
    const left = await Promise.allSettled([
      withdrawRole(one.ctx, role(one.userId, 'super_admin')),
      withdrawRole(two.ctx, role(two.userId, 'super_admin')),
      setUserStatus(one.ctx, { userId: two.userId, status: 'disabled' }),
      setUserStatus(two.ctx, { userId: one.userId, status: 'disabled' }),
    ]);
    expect(left.some(({ status }) => status === 'fulfilled')).toBe(true);
    const active = await fresh.ctx.db
      .selectFrom('user_roles as granted')
      .innerJoin('users as user', 'user.id', 'granted.user_id')
      .select('user.id')
      .where('granted.role', '=', 'super_admin')
      .where('user.status', '=', 'active')
      .execute();
    expect(active).toHaveLength(1);
    await fresh.close();
  });

  test('an admin cannot shut out a super admin, nor anybody themselves', async () => {
    const admin = await signUp(shop.ctx, { role: 'admin' });
    const boss = await signUp(shop.ctx, { role: 'super_admin' });
    const shutOut = (userId: string) => setUserStatus(admin.ctx, { userId, status: 'disabled' });
    await expect(shutOut(boss.userId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(shutOut(admin.userId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(shutOut(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('whoever sits at a screen that was left grants nothing and shuts nobody out', async () => {
  const boss = await signUp(shop.ctx, { role: 'super_admin' });
  const { userId } = await signUp(shop.ctx);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  const session = { id: boss.ctx.actor.session?.id ?? '', authenticatedAt: anHourAgo };
  const left = withActor(boss.ctx, { ...boss.ctx.actor, session });
  for (const attempt of [
    grantRole(left, role(userId, 'support')),
    withdrawRole(left, role(userId, 'support')),
    setUserStatus(left, { userId, status: 'disabled' }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: 'reauthentication_required' });
  }
  expect(await rolesOf(userId)).toEqual([]);
});

describe('the list of users', () => {
  test('pages by cursor and narrows down by e-mail and role', async () => {
    const admin = await signUp(shop.ctx, { role: 'admin' });
    for (let i = 0; i < 5; i += 1) await signUp(shop.ctx);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(
        admin.ctx,
        userFilter.parse({ cursor, limit: 3 }),
      );
      seen.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = await shop.ctx.db.selectFrom('users').select('id').execute();
    expect(seen).toHaveLength(all.length);
    expect(new Set(seen).size).toBe(all.length);
    const found = await listUsers(admin.ctx, userFilter.parse({ email: ` ${admin.email.toUpperCase()} ` }));
    expect(found.items.map(({ userId }) => userId)).toEqual([admin.userId]);
    const admins = await listUsers(admin.ctx, userFilter.parse({ role: 'admin' }));
    expect(admins.items.every(({ roles }) => roles.some((granted) => granted.role === 'admin'))).toBe(true);
  });
});

describe('the audit log', () => {
  test('tells who did what to whom, before and after', async () => {
    const boss = await signUp(shop.ctx, { role: 'super_admin' });
    const { userId } = await signUp(shop.ctx);
    await grantRole(boss.ctx, role(userId, 'support'));
    const { items } = await listAudit(boss.ctx, auditFilter.parse({ targetId: userId }));
    expect(items).toMatchObject([
      {
        action: 'user.role-granted',
        actorKind: 'user',
        actorId: boss.userId,
        before: { roles: [] },
        after: { roles: [{ role: 'support', sellerId: null }] },
      },
    ]);
  });

  test('pages without leaving out or repeating anything', async () => {
    const admin = await signUp(shop.ctx, { role: 'admin' });
    const targetId = crypto.randomUUID();
    await recordAudit(
      admin.ctx,
      ...Array.from({ length: 25 }, (_, index) => ({
        action: `test.${index}`,
        target: { kind: 'test', id: targetId },
      })),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(
        admin.ctx,
        auditFilter.parse({ targetId, cursor, limit: 10 }),
      );
      seen.push(...page.items.map(({ action }) => action));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test.each(['update audit_log set action = action', 'delete from audit_log', 'truncate audit_log'])(
    'refuses %s',
    async (statement) => {
      await recordAudit(shop.ctx, { action: 'test.kept', target: { kind: 'test', id: 'x' } });
      await expect(sql.raw(statement).execute(shop.ctx.db)).rejects.toThrow(/append-only/);
    },
  );
});

async function rolesOf(userId: string): Promise<string[]> {
  const rows = await shop.ctx.db
    .selectFrom('user_roles')
    .select('role')
    .where('user_id', '=', userId)
    .orderBy('role')
    .execute();
  return rows.map((row) => row.role);
}
