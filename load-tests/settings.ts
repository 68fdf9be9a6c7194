/** What a run is told by `-e NAME=value`; `npm run load` sets these. */
export interface Settings {
  /** without a slash at its end */
  readonly shopUrl: string;
  /** parts of the usual time that shoppers think: 0 for none */
  readonly think: number;
  /** whether the shop itself serves styles, scripts and pictures; not where a CDN has them */
  readonly wantsFiles: boolean;
  /** where the report goes; empty for the terminal alone */
  readonly reportFolder: string;
  /** whether the terminal gets the objectives alone */
  readonly isBrief: boolean;
  /** for the report: what was measured, and on what */
  readonly commit: string;
  readonly machine: string;
}

export const settings: Settings = {
  shopUrl: text('SHOP_URL', 'http://localhost:3000').replace(/\/+$/, ''),
  think: number('THINK', 1),
  wantsFiles: text('FILES', 'yes') === 'yes',
  reportFolder: text('REPORT_FOLDER', ''),
  isBrief: text('REPORT', '') === 'thresholds',
  commit: text('COMMIT', ''),
  machine: text('MACHINE', ''),
};

/** A setting, or what is usual. */
export function text(name: string, usual: string): string {
  return __ENV[name] || usual;
}

/** @throws when it is set and no number from 0 on */
export function number(name: string, usual: number): number {
  const value = Number(__ENV[name] || usual);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name}: a number from 0 on is wanted`);
  return value;
}

/** Seconds of a duration such as `90s`, `10m` or `1h30m`. */
export function seconds(name: string, usual: string): number {
  const given = text(name, usual);
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(given);
  const [, hours = 0, minutes = 0, rest = 0] = parts ?? [];
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest);
  if (total === 0)
    throw new Error(`${name}: a duration such as 90s, 10m or 1h30m is wanted, and not ${given}`);
  return total;
}
