export { abandonIntent } from './abandon-intent.ts';
export {
  addCard,
  type CardAdded,
  cardAdded,
  finishAddingCard,
  hostedCardReturned,
  startHostedCard,
} from './add-card.ts';
export { confirmIntent, type Means, openIntent, type Refusal } from './ask-bank.ts';
export { abandonHostedPayment } from './close-page.ts';
export { type BooksReport, compareBooks } from './compare-books.ts';
export { readConfirmationToken } from './confirmation-tokens.ts';
export {
  type Discrepancy,
  discrepancyFilter,
  discrepancyKinds,
  discrepancyResolution,
  discrepancyView,
  listDiscrepancies,
  openDiscrepancies,
  resolveDiscrepancy,
} from './discrepancies.ts';
export { dropWebhookPayloads } from './drop-webhook-payloads.ts';
export * from './events.ts';
export { exportCards, exportedCard } from './export-cards.ts';
export { forgetPaymentCustomer } from './forget-customer.ts';
export {
  acceptedNote,
  attemptNoting,
  cardKeyOf,
  guardAttempts,
  judgeAttempt,
  type NotedAttempt,
  noteAccepted,
  noteDeclined,
  type PaymentAttempt,
} from './guard-attempts.ts';
export { expireHostedPayment, readHostedPayment, startHostedPayment } from './hosted-payments.ts';
export {
  cancelIntent,
  captureIntent,
  readIntent,
  updateIntent,
} from './intents.ts';
export { paymentJobs } from './jobs.ts';
export {
  type CardRequest,
  type HostedPayment,
  type IntentRequest,
  type IntentState,
  type PaymentDetail,
  type PaymentMethod,
  paymentMethods,
} from './model.ts';
export { offlineNote, recordReceived } from './offline-payments.ts';
export { settleOrderPayment, startOrderPayment } from './order-payments.ts';
export { paymentCustomerOf } from './payment-customer.ts';
export {
  authorisedNote,
  intentNote,
  intentOfOrder,
  type PaymentRow,
  paymentOfOrder,
  recordCancelled,
  recordCaptured,
  recordIntent,
} from './payment-records.ts';
export { receiveWebhook } from './receive-webhook.ts';
export { type Refund, refundPayment } from './refund-payment.ts';
export {
  makeDefaultCard,
  readSavedCard,
  removeSavedCard,
  type SavedCard,
  savedCard,
  savedCards,
} from './saved-cards.ts';
export { releasePayment, voidPayment } from './void-payment.ts';
