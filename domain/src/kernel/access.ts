import type { Context } from './context.ts';
import { DomainError } from './errors.ts';

/** All that somebody may be allowed to do; `own` is what is theirs, `all` is everybody's. */
export const permissions = [
  'catalog:read',
  'cart:use',
  'checkout:use',
  'orders:read:own',
  'orders:cancel:own',
  'session:start',
  'account:own',
  'orders:read:all',
  'orders:cancel',
  'orders:payments',
  'orders:fulfil',
  'customers:read:all',
  'customers:erase',
  'products:update',
  'prices:update',
  'stock:update',
  'promotions:manage',
  'gift-cards:manage',
  'users:read',
  'users:update',
  'roles:grant',
  'api-keys:manage',
  'audit:read',
  'events:manage',
  'seller:read:own',
  'seller:update:own',
  'seller:staff:own',
] as const;
export type Permission = (typeof permissions)[number];

/** What may be granted to somebody. Everybody who is logged in is a customer besides. */
export const grantableRoles = [
  'support',
  'catalogue_manager',
  'admin',
  'super_admin',
  'seller_owner',
  'seller_staff',
] as const;
export type Role = (typeof grantableRoles)[number];

const ofGuests: readonly Permission[] = [
  'catalog:read',
  'cart:use',
  'checkout:use',
  'orders:read:own',
  'orders:cancel:own',
  'session:start',
];
const ofCustomers: readonly Permission[] = [...ofGuests, 'account:own'];
const ofSupport: readonly Permission[] = ['orders:read:all', 'orders:cancel', 'customers:read:all'];
const ofCatalogueManagers: readonly Permission[] = [
  'products:update',
  'prices:update',
  'stock:update',
  'promotions:manage',
];
const ofAdmins: readonly Permission[] = [
  ...ofSupport,
  ...ofCatalogueManagers,
  'gift-cards:manage',
  'orders:payments',
  'orders:fulfil',
  'customers:erase',
  'users:read',
  'users:update',
  'api-keys:manage',
  'audit:read',
  'events:manage',
];
const ofSellerStaff: readonly Permission[] = ['seller:read:own', 'seller:update:own'];

/** What each role may do. Only a super admin grants roles: nobody raises themselves. */
export const permissionsOfRole: Readonly<Record<'guest' | 'customer' | Role, ReadonlySet<Permission>>> = {
  guest: new Set(ofGuests),
  customer: new Set(ofCustomers),
  support: new Set([...ofCustomers, ...ofSupport]),
  catalogue_manager: new Set([...ofCustomers, ...ofCatalogueManagers]),
  admin: new Set([...ofCustomers, ...ofAdmins]),
  super_admin: new Set([...ofCustomers, ...ofAdmins, 'roles:grant']),
  seller_staff: new Set([...ofCustomers, ...ofSellerStaff]),
  seller_owner: new Set([...ofCustomers, ...ofSellerStaff, 'seller:staff:own']),
};

/** A role that somebody holds, of a seller where it is a seller's. */
export interface GrantedRole {
  readonly role: Role;
  readonly sellerId: string | null;
}

const everything: ReadonlySet<Permission> = new Set(permissions);

/** Who does it: a shopper without a name, somebody who is logged in, a program with a key, or the system itself (jobs, CLI). */
export interface Actor {
  readonly kind: 'guest' | 'user' | 'api-key' | 'system';
  /** Stands in events, logs and the audit log: a user's or key's id, else the kind. */
  readonly id: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly roles: readonly GrantedRole[];
  /** The session of a user; null for everybody else. */
  readonly session: { readonly id: string; readonly authenticatedAt: Date } | null;
}

export const guest: Actor = {
  kind: 'guest',
  id: 'guest',
  permissions: permissionsOfRole.guest,
  roles: [],
  session: null,
};
export const system: Actor = {
  kind: 'system',
  id: 'system',
  permissions: everything,
  roles: [],
  session: null,
};

/** What somebody with an account may do who holds these roles. */
export function permissionsOf(roles: readonly GrantedRole[]): ReadonlySet<Permission> {
  const granted = new Set(permissionsOfRole.customer);
  for (const { role } of roles) for (const permission of permissionsOfRole[role]) granted.add(permission);
  return granted;
}

/** Somebody who is logged in. */
export function userActor(user: {
  userId: string;
  roles: readonly GrantedRole[];
  session: { id: string; authenticatedAt: Date };
}): Actor {
  const { userId, roles, session } = user;
  return { kind: 'user', id: userId, permissions: permissionsOf(roles), roles, session };
}

/**
 * Lets only those pass who may do it.
 *
 * @throws DomainError `unauthenticated` when a guest asks for what logging in may give, else `forbidden`
 */
export function authorise(ctx: Pick<Context, 'actor'>, permission: Permission): void {
  if (ctx.actor.permissions.has(permission)) return;
  if (ctx.actor.kind === 'guest') throw new DomainError('unauthenticated', `${permission} needs a log-in`);
  throw new DomainError('forbidden', `${ctx.actor.kind} ${ctx.actor.id} lacks ${permission}`, { permission });
}

/** The id of who is logged in. @throws DomainError `unauthenticated` when nobody is */
export function currentUserId(ctx: Pick<Context, 'actor'>): string {
  if (ctx.actor.kind === 'user') return ctx.actor.id;
  throw new DomainError('unauthenticated', 'this is for somebody who is logged in');
}

/** How long a proof of who it is lets somebody do what could lock its owner out. */
export const RECENT_LOGIN_SECONDS = 15 * 60;

/**
 * Lets only those pass who have proven lately who they are: an unattended screen must not give an account away.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`
 */
export function requireRecentLogin(ctx: Pick<Context, 'actor' | 'clock'>): string {
  const userId = currentUserId(ctx);
  const provenAt = ctx.actor.session?.authenticatedAt.getTime() ?? 0;
  if (ctx.clock.now().getTime() - provenAt <= RECENT_LOGIN_SECONDS * 1000) return userId;
  throw new DomainError('reauthentication_required', 'log in again first');
}

/**
 * Lets staff do what cannot be undone, or gives power, only when they have proven lately who they are. The system itself needs no
 * proof: who runs its commands has the database.
 *
 * @throws DomainError `reauthentication_required`
 */
export function requireRecentLoginOfStaff(ctx: Pick<Context, 'actor' | 'clock'>): void {
  if (ctx.actor.kind !== 'system') requireRecentLogin(ctx);
}
