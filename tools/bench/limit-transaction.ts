import type pg from 'pg';

/** Accounts a branch, as in pgbench, but fewer: they are made in a moment. */
const ACCOUNTS = 1_000;

/** Makes the tables of a little bank: what `runLimitTransaction` writes to. */
export async function prepareLimit(pool: pg.Pool, branches: number): Promise<void> {
  await pool.query(`
    drop table if exists limit_branches, limit_tellers, limit_accounts, limit_history;
    create table limit_branches (id integer primary key, balance integer not null);
    create table limit_tellers (id integer primary key, balance integer not null);
    create table limit_accounts (id integer primary key, balance integer not null, filler text not null);
    create table limit_history (branch_id integer, teller_id integer, account_id integer, delta integer, at timestamptz, filler text);
    insert into limit_branches select id, 0 from generate_series(1, ${branches}) as id;
    insert into limit_tellers select id, 0 from generate_series(1, ${branches * 10}) as id;
    insert into limit_accounts select id, 0, repeat(' ', 84) from generate_series(1, ${branches * ACCOUNTS}) as id;
    analyze limit_branches, limit_tellers, limit_accounts;
  `);
}

const below = (count: number) => 1 + Math.floor(Math.random() * count);

/**
 * One transaction of five statements that writes: that of pgbench (TPC-B), by the same driver as the shop's. What the shop does is
 * measured as a ratio to it.
 *
 * @param branches how many of those prepared it picks from: one makes a hot row
 */
export async function runLimitTransaction(pool: pg.Pool, branches: number): Promise<void> {
  const client = await pool.connect();
  const [branch, teller] = [below(branches), below(branches * 10)];
  const account = below(branches * ACCOUNTS);
  const delta = below(10_000) - 5_000;
  try {
    await client.query('begin');
    await client.query('update limit_accounts set balance = balance + $1 where id = $2', [delta, account]);
    await client.query('select balance from limit_accounts where id = $1', [account]);
    await client.query('update limit_tellers set balance = balance + $1 where id = $2', [delta, teller]);
    await client.query('update limit_branches set balance = balance + $1 where id = $2', [delta, branch]);
    await client.query('insert into limit_history values ($1, $2, $3, $4, now(), $5)', [
      branch,
      teller,
      account,
      delta,
      ' '.repeat(22),
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
