import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { CliError, configFromEnvironment } from '@souk/bff/cli';
import type { Command } from 'commander';

const domain = resolve(import.meta.dirname, '../../../domain');

/** Declares `souk types`. */
export function addTypes(program: Command): void {
  program
    .command('types')
    .description('write the types of the schema (domain/src/kernel/db-types.ts) from the migrated database')
    .option('--verify', 'write nothing; exit code 1 when the checked-in types are stale', false)
    .action(async (options: { verify: boolean }) => {
      const code = await generate(configFromEnvironment().databaseUrl, options.verify);
      if (code === 0)
        return console.log(options.verify ? 'The types fit the schema.' : 'The types are written.');
      throw new CliError(
        options.verify ? 'the types are stale: run souk types' : 'the types could not be written',
      );
    });
}

/** Runs kysely-codegen with the domain's settings; what it found goes to standard error. */
function generate(databaseUrl: string, verify: boolean): Promise<number> {
  const program = join(
    createRequire(import.meta.url).resolve('kysely-codegen/package.json'),
    '../dist/cli/bin.js',
  );
  const args = [
    '--config-file',
    'kysely-codegen.json',
    '--log-level',
    'error',
    ...(verify ? ['--verify'] : []),
  ];
  const child = spawn(process.execPath, [program, ...args], {
    cwd: domain,
    stdio: ['ignore', 'inherit', 'inherit'],
    // the password stays out of the list of processes
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
