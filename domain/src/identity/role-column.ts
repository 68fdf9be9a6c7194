import { type RawBuilder, sql } from 'kysely';

/**
 * A column with a user's roles, for statements that read users: an array of `{ role, sellerId }` for `grantedRole` to vouch for.
 *
 * @param userId the column that holds the user's id, such as `session.user_id`
 */
export function rolesOf(userId: string): RawBuilder<unknown> {
  return sql`(
    select coalesce(json_agg(json_build_object('role', role, 'sellerId', seller_id) order by role, seller_id), '[]')
    from user_roles where user_id = ${sql.ref(userId)}
  )`;
}
