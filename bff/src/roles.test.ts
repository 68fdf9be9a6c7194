import {
  type GrantedRole,
  guest,
  type Permission,
  permissions,
  userActor,
  withActor,
} from '@souk/domain/kernel';
import { createTestDomain, signUp, type TestDomain } from '@souk/domain/testing';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeError } from './errors.ts';
import { appRouter } from './router.ts';
import { testCaller } from './testing/caller.ts';

/**
 * Who may call what, written down by hand and not computed from the code: a procedure that nobody has thought about fails. `all` is
 * everybody, `users` is whoever is logged in; staff are named.
 */
const matrix: Record<Permission, readonly string[]> = {
  'catalog:read': ['all'],
  'cart:use': ['all'],
  'checkout:use': ['all'],
  'orders:read:own': ['all'],
  'orders:cancel:own': ['all'],
  'session:start': ['all'],
  'account:own': ['users'],
  'orders:read:all': ['support', 'admin', 'super_admin'],
  'orders:cancel': ['support', 'admin', 'super_admin'],
  'orders:payments': ['admin', 'super_admin'],
  'orders:fulfil': ['admin', 'super_admin'],
  'customers:read:all': ['support', 'admin', 'super_admin'],
  'customers:erase': ['admin', 'super_admin'],
  'products:update': ['catalogue_manager', 'admin', 'super_admin'],
  'prices:update': ['catalogue_manager', 'admin', 'super_admin'],
  'stock:update': ['catalogue_manager', 'admin', 'super_admin'],
  'promotions:manage': ['catalogue_manager', 'admin', 'super_admin'],
  'gift-cards:manage': ['admin', 'super_admin'],
  'users:read': ['admin', 'super_admin'],
  'users:update': ['admin', 'super_admin'],
  'roles:grant': ['super_admin'],
  'api-keys:manage': ['admin', 'super_admin'],
  'audit:read': ['admin', 'super_admin'],
  'events:manage': ['admin', 'super_admin'],
  'seller:read:own': ['seller_owner', 'seller_staff'],
  'seller:update:own': ['seller_owner', 'seller_staff'],
  'seller:staff:own': ['seller_owner'],
};

const roles = [
  'guest',
  'customer',
  'support',
  'catalogue_manager',
  'admin',
  'super_admin',
  'seller_owner',
  'seller_staff',
] as const;
type RoleName = (typeof roles)[number];

function isAllowed(role: RoleName, permission: Permission): boolean {
  const allowed = matrix[permission];
  return allowed.includes('all') || (allowed.includes('users') && role !== 'guest') || allowed.includes(role);
}

const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);
const declared = z.object({ permission: z.enum(permissions) });
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  await shop.close();
});

describe('each procedure, called as each role', () => {
  test.each(procedures)('%s', async (path, procedure) => {
    const { permission } = declared.parse(procedure._def.meta);
    for (const role of roles) {
      const code = await outcomeOf(path, role);
      const refused = code === 'forbidden' || code === 'unauthenticated';
      if (!isAllowed(role, permission)) {
        expect(`${role}: ${code}`).toBe(`${role}: ${role === 'guest' ? 'unauthenticated' : 'forbidden'}`);
      } else if (refused) {
        // What is for everybody may still need somebody, and what an admin may do to some they may not do to others: never for want
        // of the permission declared.
        expect(`${role}: ${code}`).toBe(`${role}: unauthenticated`);
        expect(role).toBe('guest');
      }
    }
  });

  test("every permission is somebody's", () => {
    expect(Object.keys(matrix).toSorted()).toEqual([...permissions].toSorted());
  });
});

/** Calls a procedure with nothing: who may not call it is told so before its input is looked at. @returns `ok`, or the code of the refusal */
async function outcomeOf(path: string, role: RoleName): Promise<string> {
  const { userId, ctx } = await signUp(shop.ctx);
  const granted: GrantedRole[] =
    role === 'guest' || role === 'customer'
      ? []
      : [{ role, sellerId: role.startsWith('seller_') ? crypto.randomUUID() : null }];
  const session = ctx.actor.session;
  const actor = role === 'guest' || session === null ? guest : userActor({ userId, roles: granted, session });
  try {
    await callByPath(testCaller(withActor(shop.ctx, actor)), path);
    return 'ok';
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return describeError(error).code;
  }
}

/** The caller's procedures are found by name, as a client's are. */
async function callByPath(caller: object, path: string): Promise<unknown> {
  const found = path.split('.').reduce<unknown>((part, name) => Reflect.get(Object(part), name), caller);
  if (typeof found !== 'function') throw new Error(`${path} is no procedure`);
  return found(undefined);
}
