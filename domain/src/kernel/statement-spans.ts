import { now, type Span, startSpan } from '@souk/telemetry';

/** What ran, as the query builder's log tells of it. */
interface Ran {
  readonly level: 'query' | 'error';
  readonly query: { readonly sql: string };
  readonly queryDurationMillis: number;
  readonly error?: unknown;
}

const verb = /\b(?:select|insert|update|delete|commit|rollback)\b/i;
const target = /\b(?:from|into|update)\s+(?:only\s+)?"?([a-z_]\w*)"?/i;

const summaries = new Map<string, string>();
/** Lists of many lengths make many texts. */
const MOST_SUMMARIES = 1_000;

/** What a statement does and to which table, such as `select carts`: few names for many statements. */
export function summaryOf(sql: string): string {
  const known = summaries.get(sql);
  if (known !== undefined) return known;
  const outermost = withoutParentheses(sql);
  const [does = 'sql'] = verb.exec(outermost) ?? [];
  const [, table] = target.exec(outermost) ?? target.exec(sql) ?? [];
  const summary = [does.toLowerCase(), table].filter(Boolean).join(' ');
  if (summaries.size >= MOST_SUMMARIES) summaries.clear();
  summaries.set(sql, summary);
  return summary;
}

/** A statement without those that are part of it, and without comments. */
function withoutParentheses(sql: string): string {
  let depth = 0;
  let outermost = '';
  for (const part of sql.replace(/\/\*.*?\*\//gs, '').split(/([()])/)) {
    if (part === '(') depth += 1;
    else if (part === ')') depth -= 1;
    else if (depth === 0) outermost += part;
  }
  return outermost;
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
