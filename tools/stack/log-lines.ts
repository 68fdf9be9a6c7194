import { z } from 'zod';

const LogLine = z.object({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  msg: z.string().default(''),
  err: z.object({ message: z.string(), stack: z.string() }).partial().optional(),
});

export interface ReadableLine {
  /** one line */
  text: string;
  /** with the stack of the error, if there is one */
  full: string;
  /** whether a developer should see it without asking */
  isWarning: boolean;
}

/** What a line of a program's log says. Our programs log JSON, one object a line; Node and others print plain text. */
export function readLogLine(line: string): ReadableLine {
  const log = parse(line);
  if (!log) return { text: line, full: line, isWarning: false };
  const { level, msg, err } = log;
  const text = `${level.padEnd(5)} ${[msg, err?.message].filter(Boolean).join(': ')}`;
  return {
    text,
    full: err?.stack ? `${text}\n${err.stack}` : text,
    isWarning: ['warn', 'error', 'fatal'].includes(level),
  };
}

function parse(line: string): z.infer<typeof LogLine> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return LogLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
