import { sql } from 'kysely';
import { z } from 'zod';
import { emailAddress, emailsOfUsers, recordAudit, userIdsByEmail } from '../identity/index.ts';
import {
  authorise,
  type Context,
  DomainError,
  decodeCursor,
  encodeCursor,
  type Page,
  type TransactionContext,
} from '../kernel/index.ts';

export const customerGroupInput = z.strictObject({
  /** Made by who asks: the same group saved again is the same group. */
  id: z.uuid(),
  code: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1).max(120),
});
export type CustomerGroupInput = z.infer<typeof customerGroupInput>;

export const customerGroup = customerGroupInput.extend({ memberCount: z.int() });
export type CustomerGroup = z.infer<typeof customerGroup>;

/** All customer groups by name. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listCustomerGroups(ctx: Context): Promise<CustomerGroup[]> {
  authorise(ctx, 'prices:update');
  return ctx.db
    .selectFrom('customer_groups as grouped')
    .select([
      'grouped.id',
      'grouped.code',
      'grouped.name',
      sql<number>`(
        select count(*)::int from customer_group_members member where member.group_id = grouped.id
      )`.as('memberCount'),
    ])
    .orderBy('grouped.name')
    .orderBy('grouped.id')
    .execute();
}

/**
 * Makes a customer group, or names it anew. The same again changes nothing.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `name_taken` when another group has the code
 */
export async function saveCustomerGroup(ctx: Context, input: CustomerGroupInput): Promise<void> {
  authorise(ctx, 'prices:update');
  await ctx.transaction(async (tx) => {
    // one after the other, so that of two with the same code the second is told
    await sql`lock table customer_groups in share row exclusive mode`.execute(tx.db);
    const taken = await tx.db
      .selectFrom('customer_groups')
      .select('id')
      .where('code', '=', input.code)
      .where('id', '<>', input.id)
      .executeTakeFirst();
    if (taken) throw new DomainError('name_taken', `another customer group is called ${input.code}`);
    const { rows } = await sql`
      insert into customer_groups as stored (id, code, name, created_at)
      values (${input.id}, ${input.code}, ${input.name}, ${tx.clock.now()})
      on conflict (id) do update set code = excluded.code, name = excluded.name
        where (stored.code, stored.name) is distinct from (excluded.code, excluded.name)
      returning id
    `.execute(tx.db);
    if (rows.length === 0) return;
    const { id, ...after } = input;
    await recordAudit(tx, {
      action: 'customer-group.saved',
      target: { kind: 'customer-group', id },
      after,
    });
  });
}

/** The most members that one call adds or removes. */
export const MAX_MEMBERS_A_CALL = 1_000;

export const membersAdded = z.object({
  added: z.int(),
  /** Addresses that no account has. */
  unknown: z.array(z.string()),
});

/**
 * Puts people into a customer group by their e-mail addresses; those who are in it stay.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function addGroupMembers(
  ctx: Context,
  input: { groupId: string; emails: readonly string[] },
): Promise<z.infer<typeof membersAdded>> {
  authorise(ctx, 'prices:update');
  return ctx.transaction(async (tx) => {
    await lockGroup(tx, input.groupId);
    const normal = new Map(input.emails.map((email) => [email, emailAddress.safeParse(email).data]));
    const users = await userIdsByEmail(
      tx,
      [...normal.values()].filter((email) => email !== undefined),
    );
    const { rows } = await sql<{ user_id: string }>`
      insert into customer_group_members (group_id, user_id)
      select ${input.groupId}::uuid, id from unnest(${[...users.values()].sort()}::uuid[]) as added (id)
      on conflict do nothing
      returning user_id
    `.execute(tx.db);
    await auditMembers(tx, input.groupId, 'customer-group.members-added', rows);
    const unknown = [...normal].filter(([, email]) => email === undefined || !users.has(email));
    return { added: rows.length, unknown: unknown.map(([email]) => email) };
  });
}

/**
 * Takes people out of a customer group; those who are not in it are left out.
 *
 * @returns how many were taken out
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function removeGroupMembers(
  ctx: Context,
  input: { groupId: string; userIds: readonly string[] },
): Promise<{ removed: number }> {
  authorise(ctx, 'prices:update');
  return ctx.transaction(async (tx) => {
    await lockGroup(tx, input.groupId);
    const rows = await tx.db
      .deleteFrom('customer_group_members')
      .where('group_id', '=', input.groupId)
      .where('user_id', '=', sql<string>`any(${[...input.userIds]}::uuid[])`)
      .returning('user_id')
      .execute();
    await auditMembers(tx, input.groupId, 'customer-group.members-removed', rows);
    return { removed: rows.length };
  });
}

export const groupMembersQuery = z.strictObject({
  groupId: z.uuid(),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(500).default(100),
});
export const groupMember = z.object({ userId: z.uuid(), email: z.string().nullable() });

/** Who is in a customer group, the newest accounts last. Two statements. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listGroupMembers(
  ctx: Context,
  input: z.infer<typeof groupMembersQuery>,
): Promise<Page<z.infer<typeof groupMember>>> {
  authorise(ctx, 'prices:update');
  const after = input.cursor === null ? null : decodeCursor(z.uuid(), input.cursor);
  const rows = await ctx.db
    .selectFrom('customer_group_members')
    .select('user_id')
    .where('group_id', '=', input.groupId)
    .$if(after !== null, (query) => query.where('user_id', '>', after ?? ''))
    .orderBy('user_id')
    .limit(input.limit + 1)
    .execute();
  const userIds = rows.slice(0, input.limit).map((row) => row.user_id);
  const emails = await emailsOfUsers(ctx, userIds);
  return {
    items: userIds.map((userId) => ({ userId, email: emails.get(userId) ?? null })),
    nextCursor: rows.length > input.limit ? encodeCursor(userIds.at(-1)) : null,
  };
}

/** Takes somebody out of all groups: their account is erased. One statement. */
export async function leaveAllGroups(tx: TransactionContext, userId: string): Promise<void> {
  await tx.db.deleteFrom('customer_group_members').where('user_id', '=', userId).execute();
}

/** The names of the groups that somebody is in. One statement. */
export async function groupNamesOf(ctx: Context, userId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('customer_group_members as member')
    .innerJoin('customer_groups as grouped', 'grouped.id', 'member.group_id')
    .select('grouped.name')
    .where('member.user_id', '=', userId)
    .orderBy('grouped.name')
    .execute();
  return rows.map((row) => row.name);
}

async function lockGroup(tx: TransactionContext, id: string): Promise<void> {
  const group = await tx.db
    .selectFrom('customer_groups')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!group) throw new DomainError('not_found', `no customer group ${id}`);
}

async function auditMembers(
  tx: TransactionContext,
  groupId: string,
  action: string,
  rows: readonly { user_id: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const userIds = rows.map((row) => row.user_id);
  await recordAudit(tx, { action, target: { kind: 'customer-group', id: groupId }, after: { userIds } });
}
