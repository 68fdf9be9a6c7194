import { ConfigError, DomainError } from '@souk/domain/kernel';
import { Command } from 'commander';
import { addImport } from './commands/import.ts';
import { addCheck, addEvents, addMigrate, addReindex } from './commands/maintain.ts';
import { addSeed } from './commands/seed.ts';
import { addTypes } from './commands/types.ts';
import { CliError } from './open-domain.ts';

const program = new Command('souk')
  .description(
    "The shop operator's commands. The environment says which database and services: see the README.",
  )
  .showHelpAfterError('(add --help for what it takes)');

for (const add of [addMigrate, addSeed, addImport, addReindex, addEvents, addCheck, addTypes]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** What the operator can act on is said plainly; anything else is a bug and shows where. */
function explain(error: unknown): string {
  if (error instanceof CliError || error instanceof ConfigError) return error.message;
  if (error instanceof DomainError) return `${error.message} (${error.code})`;
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0]);
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
    return `A service is away (${error.message}): is the shop running? npm start opens it.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
