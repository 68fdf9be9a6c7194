import { describe, expect, it } from 'vitest';
import { aborting, joined, objectives } from './slo.ts';

describe('the objectives', () => {
  it('are those that the shop promises', () => {
    expect(objectives()).toEqual({
      'http_req_duration{page:listing}': ['p(95)<250', 'p(99)<600'],
      'http_req_duration{page:product}': ['p(95)<250', 'p(99)<600'],
      'http_req_duration{page:search}': ['p(95)<150'],
      'http_req_duration{page:cart}': ['p(95)<250'],
      place_order_duration: ['p(95)<800', 'p(99)<2000'],
      browsing_errors: ['rate<0.001'],
      checkout_errors: ['rate<0.0005'],
    });
  });

  it('can be of a part of the run', () => {
    const part = objectives('phase:recovery');
    expect(part['http_req_duration{page:cart,phase:recovery}']).toEqual(['p(95)<250']);
    expect(part['place_order_duration{phase:recovery}']).toEqual(['p(95)<800', 'p(99)<2000']);
  });

  it('join what several ask of one figure, each once', () => {
    expect(joined({ a: ['x'] }, { a: ['x', 'y'], b: ['z'] })).toEqual({ a: ['x', 'y'], b: ['z'] });
  });

  it('can end the run', () => {
    expect(aborting({ a: ['p(95)<1'] }).a).toEqual([
      { threshold: 'p(95)<1', abortOnFail: true, delayAbortEval: '30s' },
    ]);
  });
});
