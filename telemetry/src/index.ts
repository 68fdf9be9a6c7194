export { type TelemetryConfig, telemetryConfig, telemetryVariables } from './config.ts';
export { logOptions } from './log-fields.ts';
export { scopeRequests } from './requests.ts';
export {
  inSpan,
  inSpanOfItsOwn,
  keptSpan,
  keptTraceparent,
  now,
  runInScope,
  type Span,
  type SpanAttributes,
  scopeAtHand,
  startSpan,
  traceHeaders,
} from './spans.ts';
export { startTelemetry, type Telemetry } from './start.ts';
export { parseTraceparent, type TraceParent, traceparentOf } from './trace-context.ts';
