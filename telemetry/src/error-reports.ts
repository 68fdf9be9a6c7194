import { scopeAtHand } from './spans.ts';

/** What went wrong, as it is told to whoever collects errors. */
export interface ErrorReport {
  readonly error: Error;
  readonly level: 'warning' | 'error';
  /** What the log said of it: words of ours. */
  readonly message: string;
  /** Few words about where: the procedure, route, job or service. */
  readonly about: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
}

export type Reporter = (report: ErrorReport) => void;

let reporter: Reporter | null = null;

/** Turns error reports on, or off by null. */
export function setReporter(made: Reporter | null): void {
  reporter = made === null ? null : sparing(made);
}

/** Pino's levels. */
const WARN = 40;
const ERROR = 50;

/** What of a line's fields may be told: words that are ours, and few. */
const told = ['procedure', 'route', 'job', 'subscriber', 'service', 'code', 'attempt'] as const;

/** Reports what the log warns of with an error; called for each line. */
export function reportLogged(line: readonly unknown[], level: number): void {
  if (reporter === null || level < WARN) return;
  const [first, second] = line;
  const fields = recordOf(first);
  const error = first instanceof Error ? first : fields.err;
  if (!(error instanceof Error)) return;
  const scope = scopeAtHand();
  reporter({
    error,
    level: level >= ERROR ? 'error' : 'warning',
    message: typeof second === 'string' ? second : '',
    about: Object.fromEntries(told.flatMap((name) => (name in fields ? [[name, String(fields[name])]] : []))),
    requestId: scope?.requestId ?? (typeof fields.requestId === 'string' ? fields.requestId : null),
    traceId: scope?.span?.traceId ?? null,
    spanId: scope?.span?.spanId ?? null,
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const WINDOW_MS = 60_000;
/** Of one kind in a minute: the same fault, met by everybody, is one piece of news. */
const MOST_OF_A_KIND = 5;
const MOST = 60;

/** Keeps a fault that everybody meets from being told by everybody. */
function sparing(report: Reporter): Reporter {
  let endsAt = 0;
  let all = 0;
  const kinds = new Map<string, number>();
  return (news) => {
    const at = performance.now();
    if (at > endsAt) {
      endsAt = at + WINDOW_MS;
      all = 0;
      kinds.clear();
    }
    const kind = `${news.error.name} ${news.message} ${news.about.procedure ?? news.about.route ?? ''}`;
    const seen = kinds.get(kind) ?? 0;
    if (seen >= MOST_OF_A_KIND || all >= MOST) return;
    kinds.set(kind, seen + 1);
    all += 1;
    report(news);
  };
}
