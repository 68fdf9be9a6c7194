import { type Listening, listenTo } from './listen.ts';
import { Message } from './protobuf.ts';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  /** The ids of the traces that it is linked to. */
  readonly links: readonly string[];
  readonly isFailed: boolean;
}

export interface Collector extends Listening {
  readonly spans: readonly ReceivedSpan[];
  /** All that was sent, as it came: for texts that must not be in it. */
  everything(): string;
  /** The spans, once enough of them have come. Fails after 20 s, telling what did come. */
  spansWhen(areEnough: (spans: readonly ReceivedSpan[]) => boolean): Promise<readonly ReceivedSpan[]>;
}

const PATIENCE_MS = 20_000;

/** A collector of traces for tests: takes OTLP over HTTP in Protocol Buffers (https://opentelemetry.io/docs/specs/otlp/). */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const bodies: Buffer[] = [];
  const listening = await listenTo((path, body) => {
    if (path !== '/v1/traces') return 404;
    bodies.push(body);
    spans.push(...spansIn(body));
    return 200;
  });
  return {
    ...listening,
    spans,
    everything: () => Buffer.concat(bodies).toString('latin1'),
    async spansWhen(areEnough) {
      const giveUpAt = Date.now() + PATIENCE_MS;
      while (!areEnough(spans)) {
        if (Date.now() > giveUpAt) {
          throw new Error(`these came: ${spans.map(({ service, name }) => `${service} ${name}`).join(', ')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return spans;
    },
  };
}

function spansIn(body: Buffer): ReceivedSpan[] {
  return new Message(body).messages(1).flatMap((ofResource) => {
    const [resource] = ofResource.messages(1);
    const service = String(attributesOf(resource?.messages(1) ?? [])['service.name']);
    return ofResource
      .messages(2)
      .flatMap((ofScope) => ofScope.messages(2).map((span) => spanOf(service, span)));
  });
}

function spanOf(service: string, span: Message): ReceivedSpan {
  const id = (field: number, of = span) => of.bytes(field)?.toString('hex') ?? '';
  return {
    service,
    traceId: id(1),
    spanId: id(2),
    parentSpanId: id(4),
    name: span.text(5) ?? '',
    kind: span.integer(6) ?? 0,
    startedAt: (span.integer(7) ?? 0) / 1e6,
    endedAt: (span.integer(8) ?? 0) / 1e6,
    attributes: attributesOf(span.messages(9)),
    links: span.messages(13).map((link) => id(1, link)),
    isFailed: span.messages(15)[0]?.integer(3) === 2,
  };
}

function attributesOf(pairs: readonly Message[]): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [value] = pair.messages(2);
      const flag = value?.integer(2);
      const read =
        value?.text(1) ?? (flag === null ? null : flag === 1) ?? value?.integer(3) ?? value?.double(4);
      return [pair.text(1) ?? '', read ?? null];
    }),
  );
}
