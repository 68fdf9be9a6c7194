import { messageOf } from './errors.ts';

/** Tells a developer what happens now and how long it took. */
export interface Progress {
  /** runs a piece of work under a title; pieces may overlap */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** a line by itself */
  note(line: string): void;
}

export const silentProgress: Progress = { step: (_title, work) => work(), note: () => {} };

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One line a finished piece; on a terminal, a last line that moves and names what is under way. */
export function terminalProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const underWay = new Map<symbol, { title: string; started: number }>();
  let frame = 0;
  let ticker: NodeJS.Timeout | undefined;

  const clear = () => {
    if (out.isTTY) out.write('\r\x1b[K');
  };
  const draw = () => {
    if (!out.isTTY || underWay.size === 0) return;
    const parts = [...underWay.values()].map(({ title, started }) => `${title} ${seconds(started)}`);
    const line = `  ${frames[frame++ % frames.length]} ${parts.join(' · ')}`;
    out.write(`\r\x1b[K${line.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`);
  };
  const say = (line: string) => {
    clear();
    out.write(`${line}\n`);
    draw();
  };
  return {
    async step(title, work) {
      const key = Symbol(title);
      const started = Date.now();
      underWay.set(key, { title, started });
      ticker ??= setInterval(draw, 100);
      draw();
      let mark = '✓';
      try {
        return await work();
      } catch (error) {
        mark = '✗';
        throw error;
      } finally {
        underWay.delete(key);
        say(`  ${mark} ${title.padEnd(40)} ${seconds(started).padStart(7)}`);
        if (underWay.size === 0) {
          clearInterval(ticker);
          ticker = undefined;
        }
      }
    },
    note: say,
  };
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints an error for people: the message, and the stack only when it is a bug of ours. */
export function printError(error: unknown): void {
  const isExpected = error instanceof Error && ['StackError', 'ConfigError'].includes(error.name);
  console.error(`\n${isExpected || !(error instanceof Error) ? messageOf(error) : error.stack}`);
}
