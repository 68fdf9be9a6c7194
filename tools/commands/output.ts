import { readLogLine } from '../stack/log-lines.ts';

const colours: Record<string, number> = { bff: 36, worker: 35, storefront: 32 };
const lastWarning = new Map<string, string>();

/** Shows a program's warnings and errors, repeated ones once; the rest is in its log. */
export function showWarnings(program: string, line: string): void {
  const { text, isWarning } = readLogLine(line);
  if (!isWarning || lastWarning.get(program) === text) return;
  lastWarning.set(program, text);
  console.log(`  ! ${program}: ${text}`);
}

/** Shows all output, each line with its program before it. */
export function showAll(program: string, line: string): void {
  const name = program.padEnd(10);
  const prefix = process.stdout.isTTY ? `\x1b[${colours[program] ?? 33}m${name}│\x1b[0m` : `${name}│`;
  console.log(`${prefix} ${readLogLine(line).full}`);
}
