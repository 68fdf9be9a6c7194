/** What the server takes, see `server/page-timings.ts`; times are milliseconds since the page began. */
type Times = Readonly<Record<string, number>>;
type PageTiming = Times | Readonly<Record<'traceparent' | 'route' | 'kind', string>>;

const MOST_AT_ONCE = 20;

/**
 * Tells the server how long pages took whose trace it keeps: the one that was loaded, with its web vitals, and those that scripts went to
 * from it. The server says of each answer, in `Server-Timing`, which trace it belongs to; where it says nothing, traces are off and nothing
 * is watched. Sent when the page is left or hidden; no address and nothing of what somebody did is told.
 */
export function reportPageTimings(): void {
  const [loaded] = performance.getEntriesByType('navigation');
  if (!(loaded instanceof PerformanceNavigationTiming)) return;
  const trace = traceOf(loaded);
  if (trace === null) return;

  let waiting: (() => PageTiming)[] = [];
  const { traceparent, route } = trace;
  if (route !== null) {
    const vitals = watchVitals();
    waiting.push(() => ({ traceparent, route, kind: loaded.type, ...documentTimesOf(loaded), ...vitals }));
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!(entry instanceof PerformanceResourceTiming) || entry.initiatorType !== 'fetch') continue;
      const { traceparent = '', route = null } = traceOf(entry) ?? {};
      if (route === null || waiting.length === MOST_AT_ONCE) continue;
      waiting.push(() => ({ traceparent, route, kind: 'client', ...timesOf(entry) }));
    }
  }).observe({ type: 'resource' });

  const tell = () => {
    const pages = waiting.map((page) => page());
    waiting = [];
    if (pages.length === 0) return;
    navigator.sendBeacon(
      '/page-timings',
      new Blob([JSON.stringify({ pages })], { type: 'application/json' }),
    );
  };
  // on its way out a page is told of the one or the other, depending on the browser
  addEventListener('pagehide', tell);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tell();
  });
}

/** What the server says of an answer; the route only where its trace is kept. Old browsers do not tell. */
function traceOf(entry: PerformanceResourceTiming): { traceparent: string; route: string | null } | null {
  const told = 'serverTiming' in entry ? entry.serverTiming : [];
  const sayingOf = (name: string) => told.find((timing) => timing.name === name)?.description ?? null;
  const traceparent = sayingOf('traceparent');
  return traceparent === null ? null : { traceparent, route: sayingOf('route') };
}

function timesOf({ startTime, responseStart, responseEnd }: PerformanceResourceTiming): Times {
  return {
    ageMs: performance.now() - startTime,
    durationMs: responseEnd - startTime,
    firstByteMs: Math.max(0, responseStart - startTime),
  };
}

/** A page that is left before it has loaded took until what has come of it. */
function documentTimesOf(entry: PerformanceNavigationTiming): Times {
  const { domInteractive, domContentLoadedEventEnd, loadEventEnd } = entry;
  return {
    ...timesOf(entry),
    durationMs: loadEventEnd || domContentLoadedEventEnd || entry.responseEnd,
    interactiveMs: domInteractive,
    contentLoadedMs: domContentLoadedEventEnd,
  };
}

/** Core Web Vitals as they come to be known. The library behind them is loaded only for pages whose trace is kept. */
function watchVitals(): Record<string, number> {
  const vitals: Record<string, number> = {};
  import('web-vitals').then(
    ({ onCLS, onFCP, onINP, onLCP }) => {
      const note = (name: string) => (metric: { value: number }) => {
        vitals[name] = metric.value;
      };
      const always = { reportAllChanges: true };
      onFCP(note('fcpMs'));
      onLCP(note('lcpMs'), always);
      onINP(note('inpMs'), always);
      onCLS(note('cls'), always);
    },
    () => {}, // the shop was deployed anew meanwhile: the page is told without them
  );
  return vitals;
}
