export * from './jobs.ts';
export { confirmationKey } from './send-order-confirmation.ts';
