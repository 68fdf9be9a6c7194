import { expect, test } from 'vitest';
import { kindOfStatement } from './statement-kind.ts';

test.each([
  ['select 1', 'select'],
  ['\n    SELECT from event_outbox limit 1', 'select'],
  ['insert into "carts" ("id") values ($1) on conflict do update set id = 1', 'insert'],
  ['update "carts" set "x" = $1', 'update'],
  ['delete from "mails" where true', 'delete'],
  ['/* and commit */ update "carts" set "x" = $1', 'update'],
  ['/* planned anew */select 1', 'select'],
  ['/* and commit */ \n with a as (select 1), written as (insert into events values (1)) select 1', 'insert'],
  ['with a as (select 1 from x for update), b as (update reservations set x = 1) select 2', 'update'],
  ['with a as (select 1 from x for no key update) select 2', 'select'],
  ['with taken as (delete from event_outbox returning 1) select 2', 'delete'],
  ['with a as (select 1) select update_count from a', 'select'],
  ['truncate carts', 'other'],
  ['create table x (id int)', 'other'],
  ['', 'other'],
])('%j is of the kind %s', (text, kind) => {
  expect(kindOfStatement(text)).toBe(kind);
  // as it was remembered
  expect(kindOfStatement(text)).toBe(kind);
});

test.each([
  'begin',
  'commit',
  'rollback',
  'savepoint a',
  'release savepoint a',
  'start transaction isolation level repeatable read',
  'set transaction isolation level repeatable read',
])('%s is transaction control', (text) => {
  expect(kindOfStatement(text)).toBeNull();
});
