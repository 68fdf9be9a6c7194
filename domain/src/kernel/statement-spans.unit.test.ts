import { expect, test } from 'vitest';
import { summaryOf } from './statement-spans.ts';

test.each([
  ['select "id" from "carts" where "id" = $1', 'select carts'],
  ['select (select json_agg(m) from "media" m) as media, "p"."id" from "products" as "p"', 'select products'],
  ['insert into "orders" ("id") values ($1)', 'insert orders'],
  ['update only "stock_levels" set "reserved" = $1 from (select 1) x', 'update stock_levels'],
  [
    '/* and commit */ with a as (update x set y = $1) insert into event_outbox (position) select 1',
    'insert event_outbox',
  ],
  ['select (select coalesce(json_agg(f)) from (select 1 from carts) f) as answer_0', 'select carts'],
  ['delete from "sessions" where "id" = $1', 'delete sessions'],
  ['select graphile_worker.add_job($1, payload := $2::json)', 'select'],
  ['commit', 'commit'],
  ['refresh materialized view x', 'sql'],
])('%s is called %s', (sql, summary) => {
  expect(summaryOf(sql)).toBe(summary);
  expect(summaryOf(sql)).toBe(summary);
});
