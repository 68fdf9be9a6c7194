import { inSpan } from '@souk/telemetry';
import nodemailer from 'nodemailer';
import { DomainError, type Mailer } from '../kernel/index.ts';

/** Mail over SMTP; without a server every mail is refused, so that its job waits and is not lost. */
export function createMailer(settings: { smtpUrl: string | null; from: string }): Mailer & { close(): void } {
  if (settings.smtpUrl === null) {
    return {
      async send() {
        throw new DomainError('unavailable', 'SMTP_URL is not set: mail waits');
      },
      close() {},
    };
  }
  const transport = nodemailer.createTransport(
    {
      url: settings.smtpUrl,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 5_000,
      socketTimeout: 15_000,
      // the job tries again, and knows how often
      maxRequeues: 0,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: settings.from },
  );
  return {
    async send(mail) {
      const message = {
        // as an object: a text would be taken apart into a list of recipients
        to: { name: '', address: mail.to },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId: mail.messageId,
        // no absence notes in answer (RFC 3834)
        headers: {
          'Auto-Submitted': 'auto-generated',
          // a button in the mail program (RFC 2369)
          ...(mail.unsubscribeUrl === undefined ? {} : { 'List-Unsubscribe': `<${mail.unsubscribeUrl}>` }),
        },
      };
      await inSpan({ name: 'smtp send', kind: 'client' }, () => transport.sendMail(message));
    },
    close: () => transport.close(),
  };
}
