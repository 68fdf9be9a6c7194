import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  decodeCursor,
  encodeCursor,
  grantableRoles,
  type Page,
} from '../kernel/index.ts';
import { emailAddress, grantedRole } from './model.ts';
import { rolesOf } from './role-column.ts';

export const userFilter = z.strictObject({
  /** Exactly this address. */
  email: emailAddress.nullable().default(null),
  role: z.enum(grantableRoles).nullable().default(null),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(100).default(50),
});

export const userSummary = z.object({
  userId: z.uuid(),
  email: z.string().nullable(),
  name: z.string(),
  status: z.enum(['active', 'disabled', 'erased']),
  roles: z.array(grantedRole),
  createdAt: z.date(),
});

const place = z.tuple([z.coerce.date(), z.uuid()]);

/** Users, the newest first. One statement. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listUsers(
  ctx: Context,
  input: z.infer<typeof userFilter>,
): Promise<Page<z.infer<typeof userSummary>>> {
  authorise(ctx, 'users:read');
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await ctx.db
    .selectFrom('users')
    .select(['id', 'email', 'name', 'status', 'created_at'])
    .select(rolesOf('users.id').as('roles'))
    .$if(input.email !== null, (query) => query.where('email', '=', input.email))
    .$if(input.role !== null, (query) =>
      query.where('id', 'in', (eb) =>
        eb
          .selectFrom('user_roles')
          .select('user_id')
          .where('role', '=', input.role ?? 'support'),
      ),
    )
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map((row) => ({
    userId: row.id,
    email: row.email,
    name: row.name,
    status: row.status,
    roles: z.array(grantedRole).parse(row.roles),
    createdAt: row.created_at,
  }));
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor([last.createdAt, last.userId]) : null };
}
