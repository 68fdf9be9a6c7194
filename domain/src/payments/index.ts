export { abandonIntent, paymentJobs } from './abandon-intent.ts';
export { dropWebhookPayloads } from './drop-webhook-payloads.ts';
export * from './events.ts';
export * from './intents.ts';
export * from './model.ts';
export * from './payment-records.ts';
export * from './receive-webhook.ts';
