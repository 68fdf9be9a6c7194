import { settings } from '../settings.ts';
import { type RunData, reportOf } from './figures.ts';
import { htmlOf } from './html.ts';
import { briefTextOf, textOf } from './text.ts';

/**
 * What k6 does at the end of a run: a text for the terminal, and files where a folder is given.
 *
 * @param rateAfter of a run that grows until an objective breaks: how many shoppers a minute come after so many seconds
 */
export function summaryOf(
  run: string,
  rateAfter?: (seconds: number) => number,
): (data: RunData) => Record<string, string> {
  return (data) => {
    const { shopUrl, commit, machine, reportFolder, isBrief } = settings;
    const report = reportOf(data, { run, shopUrl, commit, machine, endedAt: Date.now(), rateAfter });
    const text = textOf(report);
    const stdout = isBrief ? briefTextOf(report) : text;
    if (reportFolder === '') return { stdout };
    return {
      stdout,
      [`${reportFolder}/report.txt`]: text,
      [`${reportFolder}/report.json`]: `${JSON.stringify(report, null, 2)}\n`,
      [`${reportFolder}/report.html`]: htmlOf(report),
      [`${reportFolder}/k6.json`]: `${JSON.stringify(data, null, 2)}\n`,
    };
  };
}
