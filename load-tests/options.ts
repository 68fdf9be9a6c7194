import type { Options } from 'k6/options';

/** What all runs share. */
export const usualOptions: Options = {
  // as many connections as a browser opens to a host
  batch: 20,
  batchPerHost: 6,
  discardResponseBodies: true,
  noConnectionReuse: false,
  // an address a request would be a time series each
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response'],
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'],
  setupTimeout: '5m',
};
