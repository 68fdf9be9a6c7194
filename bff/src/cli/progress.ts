import { Presets, SingleBar } from 'cli-progress';

/** Tells how far a long piece of work is. */
export interface Progress {
  /** @param value in the unit of `total` @param count things done, for the rate */
  update(value: number, count: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/**
 * A bar with rate and time left on a terminal; elsewhere (a log) a plain line every few seconds.
 *
 * @param options.total what `value` reaches at the end
 * @param options.things what `count` counts, such as `rows`
 */
export function startProgress(options: { title: string; total: number; things: string }): Progress {
  return process.stderr.isTTY ? bar(options) : lines(options);
}

function bar({ title, total, things }: { title: string; total: number; things: string }): Progress {
  const started = Date.now();
  const progress = new SingleBar(
    {
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 30,
      format: `${title} {bar} {percentage}%  {done} ${things}  {rate}/s  {left} left`,
    },
    Presets.shades_classic,
  );
  progress.start(Math.max(total, 1), 0, { done: 0, rate: 0, left: '?' });
  return {
    update: (value, done) =>
      progress.update(value, {
        done: count(done),
        rate: count(rate(started, done)),
        left: secondsLeft(started, value / Math.max(total, 1)),
      }),
    stop: () => progress.stop(),
  };
}

function lines({ title, total, things }: { title: string; total: number; things: string }): Progress {
  const started = Date.now();
  let last = started;
  return {
    update(value, done) {
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      const share = Math.min(1, value / Math.max(total, 1));
      const left = share > 0 ? `, ${secondsLeft(started, share)} left` : '';
      console.error(
        `${title}: ${Math.floor(share * 100)}%, ${count(done)} ${things}, ${count(rate(started, done))}/s${left}`,
      );
    },
    stop() {},
  };
}

function rate(started: number, done: number): number {
  return Math.round(done / Math.max(0.001, (Date.now() - started) / 1000));
}

function secondsLeft(started: number, share: number): string {
  if (share <= 0) return '?';
  const seconds = Math.round(((Date.now() - started) / 1000) * (1 / share - 1));
  return seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

/** A count as people read it: 44,341. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
