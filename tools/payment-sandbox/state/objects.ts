import type { Kinds } from '../model.ts';
import { type Database, numberOf, textOf } from './database.ts';

export interface ListQuery {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?:
    | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }
    | undefined;
  /** Only objects saved with one of these tags. */
  tags?: string[];
  /** Only objects whose fields of these names have these values. */
  where?: Record<string, string | number | boolean>;
}

export interface ObjectStore {
  find<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | undefined;
  /** Any kind, by its id alone: for `expand[]`. */
  findAny(id: string): object | undefined;
  /** Inserts, or replaces what has this id; the place in lists and the tag stay those of the first save. */
  save<K extends keyof Kinds>(kind: K, object: Kinds[K], tag?: string): void;
  /** All of a kind of which there are few, oldest first. */
  all<K extends keyof Kinds>(kind: K): Kinds[K][];
  /** What an object was first saved with. */
  tagOf(id: string): string | undefined;
  remove(id: string): void;
  /** Newest first. `undefined` when the cursor names nothing. */
  list<K extends keyof Kinds>(kind: K, query: ListQuery): { data: Kinds[K][]; hasMore: boolean } | undefined;
}

/** Stripe's objects as JSON rows, in the order in which they were made. */
export function createObjectStore(db: Database): ObjectStore {
  function seqOf(id: string): number | undefined {
    const row = db.first('select seq from objects where id = ?', id);
    return row && numberOf(row, 'seq');
  }

  return {
    find(kind, id) {
      const row = db.first('select body from objects where id = ? and kind = ?', id, kind);
      return row && JSON.parse(textOf(row, 'body'));
    },
    findAny(id) {
      const row = db.first("select body from objects where id = ? and kind <> 'webhook_endpoint'", id);
      return row && JSON.parse(textOf(row, 'body'));
    },
    save(kind, object, tag) {
      db.run(
        `insert into objects (kind, id, tag, created, body) values (?, ?, ?, ?, ?)
         on conflict (id) do update set body = excluded.body`,
        kind,
        object.id,
        tag ?? null,
        object.created ?? 0,
        JSON.stringify(object),
      );
    },
    all(kind) {
      const rows = db.all('select body from objects where kind = ? order by seq', kind);
      return rows.map((row) => JSON.parse(textOf(row, 'body')));
    },
    tagOf(id) {
      const row = db.first('select tag from objects where id = ?', id);
      return typeof row?.tag === 'string' ? row.tag : undefined;
    },
    remove(id) {
      db.run('delete from objects where id = ?', id);
    },
    list(kind, query) {
      const after = query.starting_after === undefined ? undefined : seqOf(query.starting_after);
      const before = query.ending_before === undefined ? undefined : seqOf(query.ending_before);
      if (query.starting_after !== undefined && after === undefined) return undefined;
      if (query.ending_before !== undefined && before === undefined) return undefined;
      const backwards = before !== undefined;
      const [tag, ...otherTags] = query.tags ?? [];
      // Only equality lets SQLite go through the index of the tag in the order of the list.
      const isOneTag = tag !== undefined && otherTags.length === 0;
      const rows = db.all(
        `select body from objects
         where kind = ?1 and seq < ?2 and seq > ?3 and created >= ?4 and created <= ?5
           and ${isOneTag ? 'tag = ?6' : '(?6 is null or tag in (select value from json_each(?6)))'}
           and (?8 is null or not exists (
             select 1 from json_each(?8) wanted where json_extract(body, '$.' || wanted.key) is not wanted.atom))
         order by seq ${backwards ? 'asc' : 'desc'} limit ?7`,
        kind,
        after ?? Number.MAX_SAFE_INTEGER,
        before ?? 0,
        Math.max(query.created?.gte ?? 0, (query.created?.gt ?? -1) + 1),
        Math.min(
          query.created?.lte ?? Number.MAX_SAFE_INTEGER,
          (query.created?.lt ?? Number.MAX_SAFE_INTEGER) - 1,
        ),
        isOneTag ? tag : query.tags ? JSON.stringify(query.tags) : null,
        query.limit + 1,
        query.where ? JSON.stringify(query.where) : null,
      );
      const page = rows.slice(0, query.limit).map((row) => JSON.parse(textOf(row, 'body')));
      return { data: backwards ? page.reverse() : page, hasMore: rows.length > query.limit };
    },
  };
}
