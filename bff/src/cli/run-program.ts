import { ConfigError, DomainError } from '@souk/domain/kernel';
import type { Command } from 'commander';
import { CliError } from './open-domain.ts';

/** Runs the command that the process was called with; a failure is told on standard error and makes the exit code 1. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
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
