import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/** Every table of a shop, as how many rows it has and a hash of all that is in them. */
export type WholeDatabase = ReadonlyMap<string, string>;

/** What asking leaves behind although it was refused: how often somebody tried, and that they were there. */
const traces = new Set(['login_throttles', 'payment_attempts', 'sessions']);

/** Reads all that a shop keeps in Postgres, so that two moments can be compared. One statement, of all tables; for small shops. */
export async function wholeDatabase({ db }: Context): Promise<WholeDatabase> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%' order by 1
  `.execute(db);
  const each = tables.rows
    .filter(({ name }) => !traces.has(name))
    .map(
      ({ name }) => sql`
        select ${name}::text as name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, '' order by t::text), '')) as state
        from ${sql.table(name)} t`,
    );
  const states = await sql<{ name: string; state: string }>`${sql.join(each, sql` union all `)}`.execute(db);
  return new Map(states.rows.map(({ name, state }) => [name, state]));
}

/** The tables that are not as they were. */
export function changedTables(before: WholeDatabase, after: WholeDatabase): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}
