import { createReadStream, createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  csvFormat,
  type ImportFormat,
  type ImportSummary,
  importProducts,
  parseCsvMapping,
  type Reject,
  shopifyFormat,
} from '@souk/domain/catalog';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { waitForSearch } from '../catch-up.ts';
import { csvLine } from '../csv-line.ts';
import { CliError, configFromEnvironment, withDomain } from '../open-domain.ts';
import { count, startProgress } from '../progress.ts';

interface ImportOptions {
  format: 'shopify' | 'csv';
  mapping?: string;
  dryRun: boolean;
  rejects?: string;
  batch: number;
  defaultPrice?: number;
  wait: boolean;
}

/** Rejects that are shown; the file holds them all. */
const SHOWN_REJECTS = 20;

/** Declares `souk import`. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      'bring products in from a CSV file, also a gzipped one: each whole or not at all, the same file again changes nothing',
    )
    .argument('<file>', 'the CSV file')
    .addOption(
      new Option('--format <format>', 'what the columns mean')
        .choices(['shopify', 'csv'])
        .makeOptionMandatory(),
    )
    .option(
      '--mapping <file>',
      'for --format csv: a JSON file that tells which column is what (see tools/cli/mappings)',
    )
    .option('--dry-run', 'tell what would happen and change nothing', false)
    .option(
      '--rejects <file>',
      'where rows that are left out go, with the reason (default: FILE.rejects.csv, here)',
    )
    .option('--batch <products>', 'how many products share a transaction', wholeNumber(1, 1_000), 250)
    .option(
      '--default-price <cents>',
      'for --format shopify: for variants without a price',
      wholeNumber(0, 1e9),
    )
    .option('--no-wait', 'do not wait until the search has caught up')
    .addHelpText(
      'after',
      '\nExit code: 0 when every product went in, 2 when some were left out, 1 when nothing could be done.',
    )
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await importFile(findFile(file), options);
    });
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

/** A file named from where the operator stands: package runners change the directory. */
function findFile(name: string): string {
  const here = resolve(name);
  const path = existsSync(here) ? here : resolve(process.env.INIT_CWD ?? '.', name);
  if (!existsSync(path)) throw new CliError(`there is no file ${name}`);
  return path;
}

async function importFile(path: string, options: ImportOptions): Promise<number> {
  const format = await formatOf(options);
  const rejects = rejectsFile(path, options);
  const startedAt = Date.now();
  return withDomain(async (ctx, domain) => {
    const source = await openSource(path);
    const progress = startProgress({
      title: options.dryRun ? 'Trying' : 'Importing',
      total: source.size,
      things: 'rows',
    });
    let summary: ImportSummary;
    try {
      summary = await importProducts(ctx, {
        source: source.bytes,
        format,
        dryRun: options.dryRun,
        batchSize: options.batch,
        onHeader: (header) => rejects.begin(header),
        onReject: (reject) => rejects.add(reject),
        onProgress: (soFar) => progress.update(source.bytesRead(), soFar.rows),
      });
    } finally {
      progress.stop();
      await rejects.end();
    }
    const seconds = (Date.now() - startedAt) / 1000;
    rejects.show();
    const behind = options.wait && !options.dryRun ? await waitForSearch(ctx, domain) : 0;
    report(summary, { seconds, total: (Date.now() - startedAt) / 1000, dryRun: options.dryRun });
    if (summary.rejected > 0 && rejects.path) console.log(`\nLeft out, with reasons: ${rejects.path}`);
    if (behind > 0)
      console.error(`The search is still ${count(behind)} changes behind: the worker goes on with them.`);
    return summary.rejected > 0 ? 2 : 0;
  });
}

async function formatOf(options: ImportOptions): Promise<ImportFormat> {
  const { currency } = configFromEnvironment().shop;
  if (options.format === 'shopify') {
    return shopifyFormat({ currency, defaultPrice: options.defaultPrice ?? null });
  }
  if (options.mapping === undefined) throw new CliError('--format csv needs --mapping FILE');
  return csvFormat(parseCsvMapping(await readFile(findFile(options.mapping), 'utf8')), currency);
}

/** Gzip tells itself by its first two bytes, whatever the file is called. */
async function openSource(path: string) {
  const { size } = await stat(path);
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
  const raw = createReadStream(path);
  const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (!isGzip) return { bytes: raw, size, bytesRead: () => raw.bytesRead };
  const bytes = createGunzip();
  raw.on('error', (error) => bytes.destroy(error)).pipe(bytes);
  return { bytes, size, bytesRead: () => raw.bytesRead };
}

/** The rows left out, as they stood, with the reason: once put right, the file can be imported. */
function rejectsFile(source: string, options: ImportOptions) {
  const path = options.rejects ?? (options.dryRun ? null : `${basename(source)}.rejects.csv`);
  const shown: string[] = [];
  let header: readonly string[] = [];
  let stream: WriteStream | null = null;
  let total = 0;
  return {
    path,
    begin(names: readonly string[]) {
      header = names;
    },
    async add({ rows, problems }: Reject) {
      for (const { row, column, value, reason } of problems) {
        total += 1;
        if (shown.length >= SHOWN_REJECTS) continue;
        const where = column === '' ? `row ${row}` : `row ${row}, ${column}`;
        shown.push(`  ${where}: ${value === '' ? '' : `“${value}” `}${reason}`);
      }
      if (path === null) return;
      if (stream === null) {
        stream = createWriteStream(path);
        stream.write(csvLine([...header, 'souk_row', 'souk_reason']));
      }
      const reason = problems
        .map((problem) => `row ${problem.row}${problem.column && `, ${problem.column}`}: ${problem.reason}`)
        .join('; ');
      for (const { row, cells } of rows) {
        const padded = header.map((_, index) => cells[index] ?? '');
        if (!stream.write(csvLine([...padded, String(row), reason]))) {
          await new Promise<void>((resolve) => stream?.once('drain', resolve));
        }
      }
    },
    async end() {
      if (stream === null) return;
      stream.end();
      await finished(stream);
    },
    show() {
      if (shown.length > 0) console.log(`Left out:\n${shown.join('\n')}`);
      if (total > shown.length) console.log(`  and ${count(total - shown.length)} more`);
    },
  };
}

function report(summary: ImportSummary, run: { seconds: number; total: number; dryRun: boolean }): void {
  const lines: [string, string][] = [
    ['created', count(summary.created)],
    ['updated', count(summary.updated)],
    ['unchanged', count(summary.unchanged)],
    ['left out', `${count(summary.rejected)} (${count(summary.rejectedRows)} rows)`],
    ['rows', count(summary.rows)],
    ['seconds', `${run.seconds.toFixed(1)}, with the search ${run.total.toFixed(1)}`],
    ['rows a second', count(Math.round(summary.rows / Math.max(run.seconds, 0.001)))],
    ['peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`],
  ];
  console.log(run.dryRun ? '\nA dry run: nothing was changed. It would be:' : '');
  for (const [name, value] of lines) console.log(`  ${name.padEnd(14)} ${value}`);
}
