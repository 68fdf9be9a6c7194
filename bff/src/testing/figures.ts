import type { Registry } from 'prom-client';

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What Prometheus would read. */
export function seriesIn(text: string): Series[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [
        key,
        text,
      ]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

/** The sum of the series of a name that have these labels; null when there is none. */
export function figureIn(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const found = seriesIn(text).filter(
    (series) =>
      series.name === name && Object.entries(labels).every(([key, value]) => series.labels[key] === value),
  );
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
}

/** How much figures grow while something is done. */
export async function growthOf(
  registry: Registry,
  wanted: Readonly<Record<string, readonly [name: string, labels?: Readonly<Record<string, string>>]>>,
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const before = await registry.metrics();
  await work();
  const after = await registry.metrics();
  return Object.fromEntries(
    Object.entries(wanted).map(([key, [name, labels]]) => [
      key,
      (figureIn(after, name, labels) ?? 0) - (figureIn(before, name, labels) ?? 0),
    ]),
  );
}
