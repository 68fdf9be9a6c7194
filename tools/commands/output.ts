import { z } from 'zod';

const LogLine = z.object({
  level: z.number(),
  msg: z.string().default(''),
  err: z.object({ message: z.string(), stack: z.string().optional() }).partial().optional(),
});

const warn = 40;
const names = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);
const colours: Record<string, number> = { bff: 36, worker: 35, storefront: 32 };

/** Shows a program's warnings and errors; the rest is in its log. */
export function showWarnings(program: string, line: string): void {
  const log = parseLog(line);
  if (log && log.level >= warn) console.log(`  ! ${program}: ${summaryOf(log)}`);
}

/** Shows all output, each line with its program before it. */
export function showAll(program: string, line: string): void {
  const log = parseLog(line);
  const text = log ? `${(names.get(log.level) ?? '').padEnd(5)} ${summaryOf(log)}` : line;
  const name = program.padEnd(10);
  const prefix = process.stdout.isTTY ? `\x1b[${colours[program] ?? 33}m${name}│\x1b[0m` : `${name}│`;
  console.log(`${prefix} ${text}`);
}

function summaryOf({ msg, err }: z.infer<typeof LogLine>): string {
  const cause = err?.stack ?? err?.message;
  return cause === undefined || cause === msg ? msg : `${msg} ${cause}`;
}

/** Our programs log JSON, one object a line; Node itself and libraries may print plain text. */
function parseLog(line: string): z.infer<typeof LogLine> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return LogLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
