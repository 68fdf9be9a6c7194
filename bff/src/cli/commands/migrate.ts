import { migrateToLatest, waitForSchema } from '@souk/domain/kernel';
import { type Command, InvalidArgumentError } from 'commander';
import { CliError, configFromEnvironment } from '../open-domain.ts';

const PATIENCE_SECONDS = 60;

interface MigrateOptions {
  patience: number;
  json: boolean;
  wait?: number;
}

/** Declares `souk migrate`. */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'bring the database to the newest schema; several at once are safe: one goes first, the others wait',
    )
    .option(
      '--patience <seconds>',
      'how long to wait for a Postgres that is away',
      wholeSeconds,
      PATIENCE_SECONDS,
    )
    .option('--json', 'tell in one line of JSON what was migrated', false)
    .option(
      '--wait <seconds>',
      'change nothing, and wait at most this long until somebody else has migrated',
      wholeSeconds,
    )
    .action((options: MigrateOptions) => {
      const { databaseUrl } = configFromEnvironment();
      return options.wait === undefined
        ? migrate(databaseUrl, options)
        : waitUntilMigrated(databaseUrl, options.wait);
    });
}

function wholeSeconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('expected a whole number of seconds');
  return Number(text);
}

async function migrate(databaseUrl: string, { patience, json }: MigrateOptions): Promise<void> {
  const startedAt = Date.now();
  const names = await migrateToLatest(databaseUrl, {
    patienceMs: patience * 1_000,
    onWait: (error) => console.error(`Postgres is away, waiting for up to ${patience} s: ${reasonOf(error)}`),
  });
  if (json) console.log(JSON.stringify({ migrated: names, ms: Date.now() - startedAt }));
  else console.log(names.length === 0 ? 'The database is up to date.' : `Migrated:\n  ${names.join('\n  ')}`);
}

async function waitUntilMigrated(databaseUrl: string, seconds: number): Promise<void> {
  const missing = await waitForSchema(databaseUrl, seconds);
  if (missing.length > 0) {
    throw new CliError(`The database is not ready after ${seconds} s: ${missing.join(', ')}`);
  }
  console.log("The database has this release's schema.");
}

/** Of an address with several numbers, each has its own. */
function reasonOf(error: Error): string {
  const [first = error]: Error[] = error instanceof AggregateError ? error.errors : [];
  return first.message;
}
