import type { Command } from 'commander';

/** Declares `souk seed`. */
export function addSeed(program: Command): void {
  program.command('seed').description('fill an empty shop with a demo catalogue');
}
