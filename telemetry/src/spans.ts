import { AsyncLocalStorage } from 'node:async_hooks';
import { type TraceParent, traceparentOf } from './trace-context.ts';

/** Facts about a span: routes, codes, counts. Never anything that tells of a person, and no value of a statement. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export type SpanKind = 'internal' | 'server' | 'client' | 'consumer';

export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  /** Null: it begins a trace of its own, which is kept or not by the ratio. */
  readonly parent: TraceParent | null;
  /** Other spans that led to it. */
  readonly links?: readonly TraceParent[];
  readonly attributes?: SpanAttributes;
  /** Milliseconds since 1970, with a fraction; now, if absent. */
  readonly startedAt?: number;
}

/** A piece of work of a trace, under way. */
export interface Span extends TraceParent {
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** Marks it as failed. @param code one of few: messages may tell of people */
  fail(code: string): void;
  /** @param at milliseconds since 1970; now, if absent */
  end(at?: number): void;
}

/** Makes spans; the one of OpenTelemetry is loaded only where traces are on. */
export interface Tracer {
  start(span: SpanStart): Span;
}

/** What the work at hand belongs to. */
export interface Scope {
  readonly requestId: string | null;
  /** Also of a trace that is not kept: the log names it, and what is asked of others is not kept either. */
  readonly span: Span | null;
}

const scopes = new AsyncLocalStorage<Scope>();
let tracer: Tracer | null = null;

/** Turns traces on, or off by null. */
export function setTracer(made: Tracer | null): void {
  tracer = made;
}

/** What the work at hand belongs to; undefined outside of requests and jobs. */
export function scopeAtHand(): Scope | undefined {
  return scopes.getStore();
}

/** Does `work`, and all that it begins, as part of a request or job. */
export function runInScope<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Begins a span by itself; null where traces are off. Whoever begins it ends it. */
export function startSpan(start: SpanStart): Span | null {
  return tracer === null ? null : tracer.start(start);
}

/** The span at hand if its trace is kept, else null: what only traces need is worked out only then. */
export function keptSpan(): Span | null {
  const span = scopes.getStore()?.span;
  return span?.isSampled ? span : null;
}

/** What to hand on as `traceparent` to work that is done later because of this; null unless the trace is kept. */
export function keptTraceparent(): string | null {
  const span = keptSpan();
  return span === null ? null : traceparentOf(span);
}

/** The headers that carry the trace at hand to another process: none where there is none. */
export function traceHeaders(): Record<string, string> {
  const span = scopes.getStore()?.span;
  return span ? { traceparent: traceparentOf(span) } : {};
}

/** Milliseconds since 1970, with a fraction. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** A part of the work at hand, as a span of its trace. Costs next to nothing where that is not kept. */
export function inSpan<T>(
  start: Pick<SpanStart, 'name' | 'kind' | 'attributes'>,
  work: () => Promise<T>,
): Promise<T> {
  const scope = scopes.getStore();
  if (tracer === null || !scope?.span?.isSampled) return work();
  return within(tracer.start({ ...start, parent: scope.span }), scope.requestId, work);
}

/** Work that nobody waits for, such as a job: a span with a trace of its own, or part of the one that led to it. */
export function inSpanOfItsOwn<T>(start: SpanStart, work: () => Promise<T>): Promise<T> {
  if (tracer === null) return work();
  return within(tracer.start(start), null, work);
}

async function within<T>(span: Span, requestId: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await scopes.run({ requestId, span }, work);
  } catch (error) {
    span.fail(codeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

const codeShape = /^[A-Za-z0-9_.:-]{1,64}$/;

/** What an error is called: its code, or its class. Its message is left out, as it may hold what somebody entered. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && codeShape.test(error.code)) return error.code;
  return codeShape.test(error.name) ? error.name : 'Error';
}
