import { deadMails, mailTemplate, retryDeadMails } from '@souk/domain/mail';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { withDomain } from '../open-domain.ts';
import { count } from '../progress.ts';

const retryOptions = z.object({ template: mailTemplate.optional() });

/** Declares `souk mails dead` and `souk mails retry`. */
export function addMails(program: Command): void {
  const mails = program.command('mails').description('look after mails that could not be sent');
  mails
    .command('dead')
    .description(
      'list what was given up after too many tries or refused for good; exit code 2 when there is any',
    )
    .action(async () => {
      const dead = await withDomain((ctx) => deadMails(ctx));
      if (dead.length === 0) console.log('No mail is given up.');
      for (const mail of dead) {
        const createdAt = mail.createdAt.toISOString();
        console.log(`${mail.id}  ${createdAt}  ${mail.template}  (${mail.lastError ?? 'no error noted'})`);
      }
      process.exitCode = dead.length === 0 ? 0 : 2;
    });
  mails
    .command('retry')
    .description('put what was given up back in line')
    .addOption(new Option('--template <name>', 'only mails of this template').choices(mailTemplate.options))
    .action(async (options: unknown) => {
      const { template } = retryOptions.parse(options);
      const revived = await withDomain((ctx) => retryDeadMails(ctx, template));
      console.log(`${count(revived)} mails are back in line.`);
    });
}
