import { Command } from 'commander';
import { z } from 'zod';
import { startMailCatcher } from './mail-catcher.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** What the mail catcher reads from the environment when it runs by itself. */
const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  SMTP_PORT: port.default(2525),
  MAILBOX_PORT: port.default(8025),
  MAIL_DIR: z.string().min(1).default('.souk/mail'),
});

new Command('mail-catcher')
  .description('Takes every mail and delivers none. HOST, SMTP_PORT, MAILBOX_PORT and MAIL_DIR say where.')
  .parse();

const settings = environment.parse(process.env);
const catcher = await startMailCatcher({
  host: settings.HOST,
  smtpPort: settings.SMTP_PORT,
  httpPort: settings.MAILBOX_PORT,
  directory: settings.MAIL_DIR,
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void catcher.stop());
console.log(`Mail catcher on ${catcher.smtpUrl}, mailbox on ${catcher.mailboxUrl}`);
