import { z } from 'zod';
import { type Listening, listenTo } from './listen.ts';

const event = z.looseObject({
  event_id: z.string().length(32),
  level: z.string(),
  release: z.string().optional(),
  environment: z.string().optional(),
  transaction: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  extra: z.record(z.string(), z.string()).default({}),
  contexts: z.looseObject({ trace: z.object({ trace_id: z.string(), span_id: z.string() }).optional() }),
  exception: z.object({
    values: z.array(
      z.looseObject({
        type: z.string(),
        value: z.string(),
        stacktrace: z.object({
          frames: z.array(z.looseObject({ filename: z.string().optional(), lineno: z.number().optional() })),
        }),
      }),
    ),
  }),
});

export type ReceivedError = z.infer<typeof event>;

export interface ErrorTracker extends Listening {
  /** What SENTRY_DSN is set to. */
  readonly dsn: string;
  readonly errors: readonly ReceivedError[];
  /** All that was sent, as it came: for texts that must not be in it. */
  everything(): string;
  errorsWhen(areEnough: (errors: readonly ReceivedError[]) => boolean): Promise<readonly ReceivedError[]>;
  /** Answers 429 from now on, and asks to be left alone. */
  readonly state: { status: number };
}

const PATIENCE_MS = 20_000;

/** Takes error reports for tests, in envelopes (https://develop.sentry.dev/sdk/data-model/envelopes/). */
export async function startErrorTracker(): Promise<ErrorTracker> {
  const errors: ReceivedError[] = [];
  const bodies: string[] = [];
  const state = { status: 200 };
  const listening = await listenTo((path, body) => {
    if (path !== '/api/42/envelope/') return 404;
    bodies.push(body.toString('utf8'));
    if (state.status === 200) errors.push(...eventsIn(body.toString('utf8')));
    return state.status;
  });
  return {
    ...listening,
    dsn: `${listening.url.replace('://', '://public@')}/42`,
    errors,
    state,
    everything: () => bodies.join('\n'),
    async errorsWhen(areEnough) {
      const giveUpAt = Date.now() + PATIENCE_MS;
      while (!areEnough(errors)) {
        if (Date.now() > giveUpAt) throw new Error(`these came: ${JSON.stringify(errors)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return errors;
    },
  };
}

/** An envelope: a line of headers, then for each item a line of headers and a line of payload. */
function eventsIn(body: string): ReceivedError[] {
  const [, ...lines] = body.trimEnd().split('\n');
  return lines.flatMap((line, position) => {
    if (position % 2 === 1) return [];
    const { type } = z.object({ type: z.string() }).parse(JSON.parse(line));
    return type === 'event' ? [event.parse(JSON.parse(lines[position + 1] ?? ''))] : [];
  });
}
