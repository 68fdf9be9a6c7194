import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { createContext } from './context.ts';
import { createDatabase } from './database.ts';
import { plannedAnew } from './prepared-statements.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
  await sql`create table shelf (id integer primary key, label text not null)`.execute(shop.ctx.db);
  await sql`insert into shelf values (1, 'one')`.execute(shop.ctx.db);
});
afterAll(() => shop.close());

const read = (db: typeof shop.ctx.db) =>
  sql<Record<string, unknown>>`select * from shelf where id = ${1}`.execute(db).then(({ rows }) => rows[0]);

test('what runs often is prepared, what runs once is not', async () => {
  const once = `once-${randomUUID()}`;
  const often = `often-${randomUUID()}`;
  const anew = `anew-${randomUUID()}`;
  const prepared = await shop.ctx.db.connection().execute(async (db) => {
    const ask = (label: string) => sql.raw(`select '${label}' where 1 = `);
    for (let run = 0; run < 4; run += 1) await sql`${plannedAnew} ${ask(anew)}${1}`.execute(db);
    await sql`${ask(once)}${1}`.execute(db);
    for (let run = 0; run < 4; run += 1) await sql`${ask(often)}${1}`.execute(db);
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
      db,
    );
    return rows.map(({ statement }) => statement);
  });
  expect(prepared.some((statement) => statement.includes(often))).toBe(true);
  expect(prepared.some((statement) => statement.includes(once) || statement.includes(anew))).toBe(false);
});

test('a table that a migration changes meanwhile is read as it is, in transactions too', async () => {
  // one connection: it has prepared what is asked below
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const ctx = createContext({ ...shop.ctx, db });
  const readOften = async () => {
    for (let run = 0; run < 8; run += 1) await read(db);
  };
  await readOften();
  await sql`alter table shelf add column height integer not null default 7`.execute(shop.ctx.db);
  expect(await read(db)).toEqual({ id: 1, label: 'one', height: 7 });

  await readOften();
  await sql`alter table shelf add column width integer not null default 9`.execute(shop.ctx.db);
  let runs = 0;
  const inside = await ctx.transaction(async (tx) => {
    runs += 1;
    await tx.db.selectFrom('regions').select('id').execute();
    return read(tx.db);
  });
  expect(inside).toEqual({ id: 1, label: 'one', height: 7, width: 9 });
  expect(runs).toBe(2);
  await db.destroy();
});
