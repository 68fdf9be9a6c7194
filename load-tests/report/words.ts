import type { Limit, Report, Share } from './figures.ts';

/** `12.3 ms`, `1.20 s`. */
export function timeText(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(2)} s`;
  return `${milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toFixed(1)} ms`;
}

/** `0 of 812`, `3 of 812 (0.37 %)`. */
export function shareText({ wrong, of }: Share): string {
  return wrong === 0 ? `0 of ${of}` : `${wrong} of ${of} (${((100 * wrong) / of).toFixed(2)} %)`;
}

/** `p95 under 250 ms` of `p(95)<250`; what is none of ours is told as k6 has it. */
export function limitText({ text }: Pick<Limit, 'text'>): string {
  const time = /^p\((\d+)\)<(\d+)$/.exec(text);
  if (time) return `p${time[1]} under ${timeText(Number(time[2]))}`;
  const rate = /^rate<([\d.]+)$/.exec(text);
  if (rate) return `under ${Number((100 * Number(rate[1])).toFixed(4))} %`;
  const none = /^(?:rate|count)==0$/.test(text);
  return none ? 'none' : text;
}

/** Whether it was kept, for who cannot see colours. */
export function verdictOf({ isKept }: Pick<Limit, 'isKept'>): string {
  return isKept ? 'kept' : 'NOT KEPT';
}

/** Where a run that grows has ended, or that it is over. */
export function outcomeOf({ isPassed, rateAtEnd }: Pick<Report, 'isPassed' | 'rateAtEnd'>): string {
  if (rateAtEnd === null) return isPassed ? 'Every objective was kept.' : 'NOT every objective was kept.';
  const rate = `${rateAtEnd} shoppers a minute`;
  return isPassed ? `Every objective was kept, up to ${rate}.` : `The first objective broke at ${rate}.`;
}
