import {
  type Span as OtelSpan,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { now, type Span, type SpanAttributes, type SpanStart, type Tracer } from './spans.ts';
import type { TraceParent } from './trace-context.ts';

/** Spans that wait for the collector, at most: while it is away the rest is dropped. */
const LONGEST_QUEUE = 4_096;
const LARGEST_BATCH = 512;
const SEND_EVERY_MS = 2_000;
const SEND_WITHIN_MS = 4_000;
/** Statements are cut off after this. */
const LONGEST_VALUE = 4_000;

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
} as const;

export interface TracerOptions {
  readonly endpoint: string;
  readonly ratio: number;
  /** What the process is called, such as `souk-bff`; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win. */
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly logger: Logger;
}

/** A tracer that sends what is kept to a collector by OTLP over HTTP, in batches. */
export function openTracer(options: TracerOptions): { tracer: Tracer; stop(): Promise<void> } {
  const { endpoint, ratio, service, version, environment, logger } = options;
  const own = resourceFromAttributes({
    'service.name': service,
    'service.namespace': 'souk',
    'service.version': version,
    'deployment.environment.name': environment,
  });
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: SEND_WITHIN_MS });
  const provider = new TracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: tellingOfAbsence(exporter, logger),
        maxQueueSize: LONGEST_QUEUE,
        maxExportBatchSize: LARGEST_BATCH,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: SEND_WITHIN_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('souk');
  return { tracer: { start: (start) => new SentSpan(tracer, start) }, stop: () => provider.shutdown() };
}

/** Says once in the log that the collector is away, and once that it is back. */
function tellingOfAbsence(exporter: OTLPTraceExporter, logger: Logger): SpanExporter {
  let isAway = false;
  return {
    export(spans, told) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed && !isAway) logger.warn('the collector of traces is away; spans are dropped');
        if (!failed && isAway) logger.info('the collector of traces is back');
        isAway = failed;
        told(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}

function contextOf({ traceId, spanId, isSampled }: TraceParent) {
  return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE };
}

/** A span of OpenTelemetry's SDK. */
class SentSpan implements Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
  readonly #span: OtelSpan;

  constructor(tracer: OtelTracer, { name, kind, parent, links = [], attributes, startedAt }: SpanStart) {
    this.#span = tracer.startSpan(
      name,
      {
        kind: kinds[kind],
        startTime: startedAt ?? now(),
        ...(attributes === undefined ? {} : { attributes }),
        ...(links.length === 0 ? {} : { links: links.map((link) => ({ context: contextOf(link) })) }),
      },
      parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(parent)),
    );
    const { traceId, spanId, traceFlags } = this.#span.spanContext();
    this.traceId = traceId;
    this.spanId = spanId;
    this.isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.#span.setAttributes(attributes);
  }

  fail(code: string): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code);
  }

  end(at: number = now()): void {
    this.#span.end(at);
  }
}
