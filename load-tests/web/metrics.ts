import { Counter, Rate, Trend } from 'k6/metrics';
import { metricNames } from '../slo.ts';
import type { PageName } from './addresses.ts';

const browsingErrors = new Rate(metricNames.browsingErrors);
const checkoutErrors = new Rate(metricNames.checkoutErrors);

/** From the press of "Place order" to the page of the order, without what the payment service took. */
export const placeOrderDuration = new Trend(metricNames.placeOrder, true);
export const ordersPaid = new Counter(metricNames.orders);
/** Clear answers that something cannot be had: no errors. */
export const refusals = new Counter(metricNames.refusals);
/** Visits, by what they came for. */
export const shoppers = new Counter(metricNames.sessions);

const ofCheckout: ReadonlySet<PageName> = new Set(['checkout', 'payment-page', 'order']);

/** Counts an answer for the share of wrong ones, of who looks around or of who buys. */
export function countAnswer(page: PageName, isGood: boolean): void {
  (ofCheckout.has(page) ? checkoutErrors : browsingErrors).add(!isGood);
}
