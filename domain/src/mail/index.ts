export * from './jobs.ts';
export * from './model.ts';
export { type QueueMail, queueMail } from './queue-mail.ts';
