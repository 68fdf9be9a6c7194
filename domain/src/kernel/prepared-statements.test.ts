import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { createContext } from './context.ts';
import { createDatabase } from './database.ts';
import { andCommit, plannedAnew } from './prepared-statements.ts';

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

test('a transaction begins with its first statement, prepared or not, and ends as it is told', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const label = (text: string) => sql`update shelf set label = ${text} where id = ${1}`;
  const now = async () => (await read(shop.ctx.db))?.label;
  for (let run = 0; run < 5; run += 1) {
    const text = `run ${run}`;
    await db.transaction().execute((tx) => label(text).execute(tx));
    expect(await now()).toBe(text);
    await expect(
      db.transaction().execute(async (tx) => {
        await label('undone').execute(tx);
        expect(await now()).toBe(text);
        throw new Error('changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    expect(await now()).toBe(text);
  }
  // nothing was done in these, and the next begins anew
  await db.transaction().execute(async () => {});
  await expect(db.transaction().execute(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await label('outside').execute(db);
  expect(await now()).toBe('outside');
  await db
    .transaction()
    .setIsolationLevel('serializable')
    .execute(async (tx) => {
      const { rows } = await sql`show transaction_isolation`.execute(tx);
      expect(rows).toEqual([{ transaction_isolation: 'serializable' }]);
    });
  await db.destroy();
});

test('a statement that fails as the first of a transaction undoes it, and the connection goes on', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const divide = (by: number) => sql<{ is: number }>`select (10 / ${by}::int)::int as is`;
  for (let run = 0; run < 5; run += 1) await divide(2).execute(db);
  await expect(
    db.transaction().execute(async (tx) => {
      const failure = await divide(0)
        .execute(tx)
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: '22012' });
      await divide(2).execute(tx);
    }),
  ).rejects.toMatchObject({ code: '25P02' });
  expect((await divide(5).execute(db)).rows).toEqual([{ is: 2 }]);
  await db.destroy();
});

test('values and rows are the same, prepared or not', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const moment = new Date('2024-02-29T23:59:59.123Z');
  const ask = () =>
    sql`
      select ${'a \'"\\ ü 🛒'}::text as text, ${null}::text as nothing, ${7}::int as int, ${2 ** 40}::bigint as big, ${true}::boolean as truth,
        ${moment}::timestamptz as moment, ${['x', 'y, "z"']}::text[] as texts, ${[1, 2]}::int[] as ints, ${Buffer.from([0, 255])}::bytea as bytes,
        ${JSON.stringify({ a: [1, null] })}::jsonb as json, ${{ b: 'c' }}::jsonb as object
      from generate_series(1, 2)
    `.execute(db);
  const expected = {
    text: 'a \'"\\ ü 🛒',
    nothing: null,
    int: 7,
    big: 2 ** 40,
    truth: true,
    moment,
    texts: ['x', 'y, "z"'],
    ints: [1, 2],
    bytes: Buffer.from([0, 255]),
    json: { a: [1, null] },
    object: { b: 'c' },
  };
  for (let run = 0; run < 5; run += 1) expect((await ask()).rows).toEqual([expected, expected]);
  await db.destroy();
});

test('what cannot be sent or read is told, and the connection goes on', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const tenfold = (value: unknown) => sql<{ is: number }>`select ${value}::bigint * 10 as is`.execute(db);
  for (let run = 0; run < 5; run += 1) expect((await tenfold(4)).rows).toEqual([{ is: 40 }]);
  await expect(tenfold('9007199254740991')).rejects.toThrow('not an exact integer');
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  await expect(tenfold(circular)).rejects.toThrow(/circular/i);
  expect((await tenfold(5)).rows).toEqual([{ is: 50 }]);
  await db.destroy();
});

test('how many rows a statement changed is told, prepared or not', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  for (let run = 0; run < 5; run += 1) {
    const added =
      await sql`insert into shelf select n, 'x' from generate_series(10, ${12}::int) as n`.execute(db);
    const none = await sql`update shelf set label = 'y' where id = ${999}`.execute(db);
    const removed = await sql`delete from shelf where id >= ${10}`.execute(db);
    expect([added, none, removed].map((result) => result.numAffectedRows)).toEqual([3n, 0n, 3n]);
  }
  await db.destroy();
});

test('the last statement of a transaction takes the commit with it, and nothing may follow', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const last = (text: string) => sql`${andCommit}update shelf set label = ${text} where id = ${1}`;
  const now = async () => (await read(shop.ctx.db))?.label;
  for (let run = 0; run < 5; run += 1) {
    await db.transaction().execute(async (tx) => {
      await read(tx);
      await last(`last ${run}`).execute(tx);
      // from the third run on, before Kysely asks for it
      expect(await now()).toBe(run < 3 ? `last ${run - 1}`.replace('last -1', 'outside') : `last ${run}`);
    });
    expect(await now()).toBe(`last ${run}`);
  }
  // as the first of its transaction, too
  await db.transaction().execute((tx) => last('alone').execute(tx));
  expect(await now()).toBe('alone');

  const goesOn = db.transaction().execute(async (tx) => {
    await last('kept').execute(tx);
    await read(tx);
  });
  await expect(goesOn).rejects.toThrow(/went on after what was to be its last statement/);
  const fails = db.transaction().execute(async (tx) => {
    await last('kept too').execute(tx);
    throw new Error('too late');
  });
  await expect(fails).rejects.toThrow(/went on after what was to be its last statement|too late/);
  expect(await now()).toBe('kept too');
  await db.destroy();
});

test('a last statement that fails commits nothing', async () => {
  const { db } = createDatabase({ url: shop.databaseUrl, poolSize: 1 });
  const last = (by: number) =>
    sql`${andCommit}update shelf set label = (10 / ${by}::int)::text where id = ${1}`;
  for (let run = 0; run < 4; run += 1) await db.transaction().execute((tx) => last(5).execute(tx));
  const failing = db.transaction().execute(async (tx) => {
    await sql`update shelf set label = ${'undone'} where id = ${1}`.execute(tx);
    await last(0).execute(tx);
  });
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect((await read(db))?.label).toBe('2');
  await db.destroy();
});
