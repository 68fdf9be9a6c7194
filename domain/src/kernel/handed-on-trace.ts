import {
  inSpan,
  inSpanOfItsOwn,
  keptTraceparent,
  parseTraceparent,
  scopeAtHand,
  type TraceParent,
} from '@souk/telemetry';

/** Where what is stored for later names the trace that led to it, if that is kept; taken off before anybody reads it. */
const KEY = '_traceparent';

/** What is stored for later, with the trace at hand if that is kept. @param traceparent asked for once by who stores many */
export function withTrace(payload: unknown, traceparent = keptTraceparent()): unknown {
  if (traceparent === null || typeof payload !== 'object' || payload === null) return payload;
  return { ...payload, [KEY]: traceparent };
}

/** What was stored, and the trace that led to it. */
export function withoutTrace(stored: unknown): { payload: unknown; trace: TraceParent | null } {
  if (typeof stored !== 'object' || stored === null || !(KEY in stored))
    return { payload: stored, trace: null };
  const { [KEY]: traceparent, ...payload } = stored;
  return { payload, trace: parseTraceparent(traceparent) };
}

/**
 * Work that was stored for later, as a span: in the trace that led to it where there is one, in a new trace that names them where there
 * are several; where there is none, part of the job at hand, which is in a trace of its own that the ratio keeps or not.
 */
export function inLaterSpan<T>(
  name: string,
  traces: readonly (TraceParent | null)[],
  work: () => Promise<T>,
): Promise<T> {
  const known = traces.filter((trace) => trace !== null);
  if (known.length === 0 && scopeAtHand()?.span) return inSpan({ name, kind: 'internal' }, work);
  const ids = new Set(known.map(({ traceId }) => traceId));
  const [first] = known;
  const isOne = first !== undefined && ids.size === 1;
  const links = isOne ? [] : known.slice(0, MOST_LINKS);
  return inSpanOfItsOwn({ name, kind: 'consumer', parent: isOne ? first : null, links }, work);
}

const MOST_LINKS = 32;
