import { configFromEnvironment, withDomain } from '@souk/bff/cli';
import { createUser } from '@souk/domain/identity';
import type { Command } from 'commander';
import { demoLogins, demoPassword } from '../../seed/demo-logins.ts';
import { joinTrade } from '../../seed/demo-prices.ts';

/** Declares `souk user demo`, beside what the operator's `souk user` has. */
export function addDemoUsers(program: Command): void {
  program.commands
    .find((command) => command.name() === 'user')
    ?.command('demo')
    .description('make the log-ins of the demo shop, one for each role; their password comes of SOUK_SECRET')
    .action(demo);
}

async function demo(): Promise<void> {
  const password = demoPassword(configFromEnvironment().secrets[0]);
  await withDomain(async (ctx) => {
    for (const { email, name, role, title, isTrade } of demoLogins) {
      const { outcome } = await createUser(ctx, { email, name, role, password });
      if (isTrade) await joinTrade(ctx, email);
      console.log(`${email}: ${title}${outcome === 'created' ? '' : ', there already'}`);
    }
  });
}
