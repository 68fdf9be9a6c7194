import { now, type Span, startSpan } from '@souk/telemetry';

/** What ran, as the query builder's log tells of it. */
interface Ran {
  readonly level: 'query' | 'error';
  readonly query: { readonly sql: string };
  readonly queryDurationMillis: number;
  readonly error?: unknown;
}

const target = /\b(?:from|into|update|join)\s+(?:only\s+)?"?([a-z_][\w.]*)"?/i;
const verb = /^(?:\s|\/\*.*?\*\/)*([a-z]+)/i;

/** What a statement does and to which table, such as `select carts`: few names for many statements. */
function summaryOf(sql: string): string {
  const [, does = 'sql'] = verb.exec(sql) ?? [];
  const [, table] = target.exec(sql) ?? [];
  return table === undefined ? does.toLowerCase() : `${does.toLowerCase()} ${table}`;
}

/**
 * Adds a statement that has run to the trace at hand: its text, in which values are placeholders. Neither the values are told nor what
 * Postgres says of a failure, which repeats them: its code is.
 */
export function traceStatement(parent: Span, ran: Ran): void {
  const endedAt = now();
  const { sql } = ran.query;
  const span = startSpan({
    name: summaryOf(sql),
    kind: 'client',
    parent,
    startedAt: endedAt - ran.queryDurationMillis,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': sql },
  });
  if (ran.level === 'error') span?.fail(sqlState(ran.error));
  span?.end(endedAt);
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
