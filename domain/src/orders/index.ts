export * from './anonymise-orders.ts';
export * from './attach-guest-orders.ts';
export { cancelMyOrder, cancelOrder } from './cancel-order.ts';
export { CANCEL_WINDOW_SECONDS } from './cancel-rules.ts';
export { chaseUnpaidOrders } from './chase-unpaid-orders.ts';
export * from './create-order.ts';
export {
  documentInput,
  getOrderDocument,
  type OrderDocument,
  orderDocument,
} from './documents/order-document.ts';
export * from './events.ts';
export * from './export-orders.ts';
export { getOrder, orderOfCheckout, orderToken, orderUrl, readOrder } from './get-order.ts';
export { hasOrdered } from './has-ordered.ts';
export { type CancelReason, cancelReason } from './history.ts';
export * from './jobs.ts';
export * from './list-my-orders.ts';
export * from './list-orders.ts';
export * from './mark-paid.ts';
export * from './model.ts';
export {
  type OrderDraft,
  type OrderLocale,
  orderLocale,
  type PaymentDetail,
  type PaymentMethod,
  paymentMethod,
  paymentMethods,
} from './order-draft.ts';
export { type PaymentTerms, paymentTerms } from './payment-terms.ts';
export * from './rebuild-orders.ts';
export * from './receive-payment.ts';
export * from './record-dispute.ts';
export { sendOrderLink } from './send-order-link.ts';
