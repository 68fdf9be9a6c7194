import type { Domain } from '@souk/domain/app';
import type { Logger } from 'pino';
import type { BffConfig } from './config.ts';
import type { Metrics } from './ops/metrics.ts';
import type { ProcedureCall } from './request-context.ts';

/** What the routes of one server share. */
export interface Deps {
  readonly config: BffConfig;
  readonly domain: Domain;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly observeProcedure: (call: ProcedureCall) => void;
  /** True from the moment the server was asked to stop. */
  readonly isDraining: () => boolean;
}
