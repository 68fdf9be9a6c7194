export * from './dead-mails.ts';
export { type ExportedMail, exportedMail, exportMails } from './export-mails.ts';
export * from './jobs.ts';
export * from './mails-of-user.ts';
export * from './model.ts';
export { listMailTemplates, previewMail } from './preview-mail.ts';
export { type QueueMail, queueMail } from './queue-mail.ts';
export { waitingMails } from './waiting-mails.ts';
