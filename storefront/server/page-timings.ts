import { now, parseTraceparent, startSpan } from '@souk/telemetry';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { allowance } from './allowance.ts';
import type { RouteFinder } from './route-of.ts';

/** Where browsers tell. */
export const PAGE_TIMINGS = '/page-timings';
/** Many times what a page has to tell. */
const LARGEST_REPORT = 8 * 1024;
/** Of one address in a minute, and of all: what a stranger makes up costs us no more. */
const MOST_OF_ONE = 60;
const MOST_OF_ALL = 1_200;

const milliseconds = z.number().min(0).max(600_000);
const aDay = 86_400_000;

/** What a browser tells of one page that it has shown: times and nothing else. */
const timing = z.strictObject({
  traceparent: z.string().length(55),
  route: z.string().max(120),
  kind: z.enum(['navigate', 'reload', 'back_forward', 'prerender', 'client']),
  /** How long ago it began: the clocks of browsers are wrong too often. */
  ageMs: z.number().min(0).max(aDay),
  durationMs: milliseconds,
  /** Since it began. */
  firstByteMs: milliseconds,
  interactiveMs: milliseconds.optional(),
  contentLoadedMs: milliseconds.optional(),
  /** Core Web Vitals, https://web.dev/articles/vitals. */
  fcpMs: milliseconds.optional(),
  lcpMs: milliseconds.optional(),
  inpMs: milliseconds.optional(),
  cls: z.number().min(0).max(100).optional(),
});
const report = z.strictObject({ pages: z.array(timing).min(1).max(20) });

type Timing = z.infer<typeof timing>;

/**
 * `POST /page-timings`: what browsers tell of pages whose trace is kept becomes a span of that trace. Like every unsafe request it is taken
 * from our own pages only. Nothing of it is believed but numbers and the ids of known routes, and of those not too many.
 */
export function addPageTimings(app: FastifyInstance, routes: RouteFinder): void {
  const mayTell = allowance({ ofOne: MOST_OF_ONE, ofAll: MOST_OF_ALL });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: LARGEST_REPORT },
      scope.getDefaultJsonParser('error', 'error'),
    );
    scope.post(PAGE_TIMINGS, { logLevel: 'warn' }, async (request, reply) => {
      if (!mayTell(request.ip)) return reply.code(429).header('retry-after', '60').send();
      const parsed = report.safeParse(request.body);
      if (!parsed.success) return reply.code(400).send();
      for (const page of parsed.data.pages) {
        if (await routes.isKnown(page.route)) addSpan(page);
      }
      return reply.code(204).send();
    });
  });
}

function addSpan({ traceparent, route, kind, ageMs, durationMs, ...times }: Timing): void {
  const parent = parseTraceparent(traceparent);
  if (!parent?.isSampled) return;
  const startedAt = now() - ageMs;
  const span = startSpan({
    name: `browser navigation ${route}`,
    kind: 'client',
    parent,
    startedAt,
    attributes: {
      'http.route': route,
      'browser.navigation.kind': kind,
      ...Object.fromEntries(
        Object.entries(times).map(([name, value]) => [`browser.${names[name] ?? name}`, value]),
      ),
    },
  });
  span?.end(startedAt + durationMs);
}

const names: Readonly<Record<string, string>> = {
  firstByteMs: 'first_byte_ms',
  interactiveMs: 'interactive_ms',
  contentLoadedMs: 'content_loaded_ms',
  fcpMs: 'fcp_ms',
  lcpMs: 'lcp_ms',
  inpMs: 'inp_ms',
};
