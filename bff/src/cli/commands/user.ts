import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createUser, hasSuperAdmin, newUser, resealSecrets } from '@souk/domain/identity';
import { isDomainError } from '@souk/domain/kernel';
import { resealGiftCards } from '@souk/domain/promotions';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliError, withDomain } from '../open-domain.ts';

const roles = ['support', 'catalogue_manager', 'admin', 'super_admin'] as const;

interface CreateOptions {
  email: string;
  name?: string;
  admin: boolean;
  role?: (typeof roles)[number];
  passwordStdin: boolean;
}

/** Declares `souk reseal`. */
export function addReseal(program: Command): void {
  program
    .command('reseal')
    .description('seal what lasts by the newest SOUK_SECRET, before an older one is taken off the list')
    .action(async () => {
      await withDomain(async (ctx) => {
        const count = await resealSecrets(ctx);
        console.log(`${count} secrets of authenticator apps are sealed by the newest SOUK_SECRET.`);
        const { keyed, lost } = await resealGiftCards(ctx);
        console.log(`${keyed} gift cards are found by the newest SOUK_SECRET.`);
        if (lost > 0)
          console.log(`${lost} gift cards were kept by a secret that is not on the list any more.`);
      });
    });
}

/** Declares `souk user create`. */
export function addUser(program: Command): void {
  const user = program.command('user').description('people who can log in');
  user
    .command('create')
    .description(
      'make an account, or grant a role to one that exists; a password is made up unless it is piped in',
    )
    .requiredOption('--email <address>', 'what they log in with', parseEmail)
    .option('--name <name>', 'how they are called; by default the part of the address before the @')
    .option('--admin', 'as an admin; the first one becomes super admin and can grant roles', false)
    .addOption(new Option('--role <role>', 'with this role').choices(roles))
    .option('--password-stdin', 'read the password from standard input', false)
    .action(create);
}

function parseEmail(given: string): string {
  const parsed = newUser.shape.email.safeParse(given);
  if (!parsed.success)
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'expected an address');
  return parsed.data;
}

async function create(options: CreateOptions): Promise<void> {
  const typed = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
  const password = typed ?? randomBytes(15).toString('base64url');
  await withDomain(async (ctx) => {
    const admin = options.admin ? ((await hasSuperAdmin(ctx)) ? 'admin' : 'super_admin') : null;
    const role = options.role ?? admin;
    const input = { email: options.email, name: options.name ?? nameIn(options.email), password, role };
    const { outcome } = await createUser(ctx, newUser.parse(input)).catch(explain);
    const asRole = role === null ? '' : ` as ${role.replace('_', ' ')}`;
    if (outcome === 'unchanged')
      console.log(`${options.email} is there already${asRole}. Nothing was changed.`);
    if (outcome === 'role-granted') {
      console.log(`${options.email} was there already, and is let in${asRole} now. The password stays.`);
    }
    if (outcome !== 'created') return;
    console.log(`${options.email} can log in${asRole} at ${ctx.config.shop.url}/login.`);
    if (typed === undefined)
      console.log(`Password: ${password}\nIt is shown this once. Change it after logging in.`);
  });
}

function nameIn(email: string): string {
  return email.split('@', 1)[0] ?? email;
}

function explain(error: unknown): never {
  if (!isDomainError(error, 'password_refused')) throw error;
  const reasons: Record<string, string> = {
    too_short: 'it is shorter than 8 characters',
    too_long: 'it is longer than 128 characters',
    too_common: 'everybody would try it first',
  };
  throw new CliError(`The password cannot be taken: ${reasons[String(error.data.reason)] ?? error.message}.`);
}
