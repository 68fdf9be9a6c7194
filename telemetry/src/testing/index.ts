export { type Collector, type ReceivedSpan, startCollector } from './collector.ts';
export { type ErrorTracker, type ReceivedError, startErrorTracker } from './error-tracker.ts';
