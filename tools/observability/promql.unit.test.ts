import { expect, test } from 'vitest';
import { selectorsOf } from './promql.ts';

test.each<[string, [string, string][]]>([
  ['up', [['up', '']]],
  [
    'sum by (namespace) (rate(http_requests_total{route="routes/p.$slug"}[5m]))',
    [['http_requests_total', 'route="routes/p.$slug"']],
  ],
  [
    'label_replace(absent(jobs_dead{a="b"}), "metric", "jobs_dead", "", "") and on () build_info{c="d"}',
    [
      ['jobs_dead', 'a="b"'],
      ['build_info', 'c="d"'],
    ],
  ],
  [
    'a:b:rate5m{x="1"} / on (slo) group_left () souk:slo_budget:ratio > 14.4',
    [
      ['a:b:rate5m', 'x="1"'],
      ['souk:slo_budget:ratio', ''],
    ],
  ],
  [
    'time() - max(m) < 14 * 86400 or vector(0) unless n offset 30m',
    [
      ['m', ''],
      ['n', ''],
    ],
  ],
  ['max_over_time(m{x=~"a{2}|b"}[30m:1m]) >= 2e3', [['m', 'x=~"a{2}|b"']]],
])('reads what %s asks for', (expr, expected) => {
  expect(selectorsOf(expr).map(({ metric, matchers }) => [metric, matchers])).toEqual(expected);
});
