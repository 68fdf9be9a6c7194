import { checkout } from './checkout.ts';
import { database } from './database.ts';
import { goldenSignals } from './golden-signals.ts';
import type { Dashboard } from './grafana.ts';
import { stockPayments } from './stock-payments.ts';
import { work } from './work.ts';

/** All dashboards of the shop. */
export const dashboards: readonly Dashboard[] = [goldenSignals, checkout, stockPayments, database, work];
