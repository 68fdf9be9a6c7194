import type { Options, RampingArrivalRateScenario } from 'k6/options';

/** What all runs share. */
export const usualOptions: Options = {
  // as many connections as a browser opens to a host
  batch: 20,
  batchPerHost: 6,
  discardResponseBodies: true,
  // an address a request would be a time series each
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response'],
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'],
  setupTimeout: '5m',
};

/** Minutes that a visit takes at most, nearly always. */
const LONG_VISIT = 1.5;

/**
 * Shoppers who come by themselves, and do not wait for others to leave: a slow shop does not make them fewer.
 *
 * @param most so many a minute at most
 */
export function arrivals(most: number): Omit<RampingArrivalRateScenario, 'stages' | 'startRate'> {
  return {
    executor: 'ramping-arrival-rate',
    timeUnit: '1m',
    preAllocatedVUs: Math.ceil(most / 2),
    maxVUs: Math.ceil(most * LONG_VISIT) + 10,
    gracefulStop: '90s',
  };
}
