import {
  apiKeyInput,
  apiKeyScopes,
  createApiKey,
  emailAddress,
  findUserByEmail,
  listApiKeys,
  revokeApiKey,
} from '@souk/domain/identity';
import { type Command, InvalidArgumentError } from 'commander';
import { CliError, withDomain } from '../open-domain.ts';

interface CreateOptions {
  name: string;
  scopes: string[];
  for: string;
  days: number;
}

/** Declares `souk api-key create`, `souk api-key list` and `souk api-key revoke`. */
export function addApiKeys(program: Command): void {
  const keys = program.command('api-key').description('keys of programs that use the REST API');
  keys
    .command('create')
    .description('make a key; it is shown this once')
    .requiredOption('--name <name>', 'the program that will use it')
    .requiredOption('--for <email>', 'the member of staff whose power it borrows, and falls with')
    .requiredOption('--scopes <list>', `what it may do, by commas: ${apiKeyScopes.join(', ')}`, listIn)
    .option('--days <days>', 'how long it lasts, a year at most', daysIn, 90)
    .action(create);
  keys.command('list').description('list the keys, those that work first').action(list);
  keys
    .command('revoke')
    .description('make a key void, at once')
    .argument('<prefix>', 'its first characters, such as souk_1a2b3c4d, or its id')
    .action(revoke);
}

function listIn(given: string): string[] {
  return given.split(',').map((scope) => scope.trim());
}

function daysIn(given: string): number {
  const days = apiKeyInput.shape.expiresInDays.safeParse(Number(given));
  if (!days.success) throw new InvalidArgumentError('expected a number of days from 1 to 365');
  return days.data;
}

async function create(options: CreateOptions): Promise<void> {
  const { name, scopes, days } = options;
  const input = apiKeyInput.safeParse({ name, scopes, expiresInDays: days });
  if (!input.success) {
    const [issue] = input.error.issues;
    throw new CliError(`${issue?.path.join('.')}: ${issue?.message}. Scopes are ${apiKeyScopes.join(', ')}`);
  }
  await withDomain(async (ctx) => {
    const email = emailAddress.safeParse(options.for);
    const user = email.success ? await findUserByEmail(ctx, email.data) : undefined;
    if (!user) throw new CliError(`${options.for} has no account here: see souk user create.`);
    const { key, apiKey } = await createApiKey(ctx, { ...input.data, createdBy: user.id });
    console.log(`${key}\n\nKeep it safe: it is not shown again. It works until ${dayOf(apiKey.expiresAt)}.`);
  });
}

async function list(): Promise<void> {
  const keys = await withDomain((ctx) => listApiKeys(ctx));
  if (keys.length === 0) console.log('There is no key.');
  for (const key of keys) {
    const state = key.revokedAt ? `revoked ${dayOf(key.revokedAt)}` : `until ${dayOf(key.expiresAt)}`;
    const used = key.lastUsedAt ? `last used ${dayOf(key.lastUsedAt)}` : 'never used';
    console.log(`${key.prefix}  ${state}  ${used}  ${key.name}  (${key.scopes.join(', ')})`);
  }
}

async function revoke(given: string): Promise<void> {
  await withDomain(async (ctx) => {
    const found = (await listApiKeys(ctx)).filter(({ id, prefix }) => id === given || prefix === given);
    const [key] = found;
    if (!key) throw new CliError(`There is no key ${given}: see souk api-key list.`);
    if (found.length > 1) throw new CliError(`Several keys begin with ${given}: revoke by id.`);
    await revokeApiKey(ctx, { keyId: key.id });
    console.log(`${key.prefix} (${key.name}) opens nothing any more.`);
  });
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
