import { randomUUID } from 'node:crypto';
import { variantIdsOfSkus } from '@souk/domain/catalog';
import {
  adjustStock,
  listLocations,
  receiveStock,
  showStock,
  stockAdjustment,
  stockReceipt,
  stockTransfer,
  transferStock,
} from '@souk/domain/inventory';
import { type Context, isDomainError } from '@souk/domain/kernel';
import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { CliError, withDomain } from '../open-domain.ts';

interface ChangeOptions {
  at: string;
  reason?: string;
  request?: string;
}

/** Declares `souk stock show`, `receive`, `adjust` and `transfer`. */
export function addStock(program: Command): void {
  const stock = program.command('stock').description('what lies where, and what is promised');
  stock
    .command('show')
    .description('levels at each location, how it is sold, and the last movements')
    .argument('<sku>', 'of the variant')
    .action(show);
  const declare = (name: string, what: string) =>
    stock
      .command(name)
      .description(what)
      .argument('<sku>', 'of the variant')
      .option('--request <uuid>', 'names this change: the same name again changes nothing');
  declare('receive', 'take in units that have come; orders that wait for them get them first')
    .argument('<units>', 'how many', parseUnits)
    .option('--at <code>', 'the location', 'main')
    .option('--reason <text>', 'such as the number of the delivery note')
    .action(receive);
  declare('adjust', 'set right what was found or lost')
    .argument('<difference>', 'such as +2, or -- -3', parseDifference)
    .option('--at <code>', 'the location', 'main')
    .requiredOption('--reason <text>', 'such as damaged: it stands in the ledger')
    .action(adjust);
  declare('transfer', 'take units from one location to another')
    .argument('<units>', 'how many', parseUnits)
    .requiredOption('--from <code>', 'the location that they leave')
    .requiredOption('--to <code>', 'the location that they come to')
    .option('--reason <text>', 'for the ledger')
    .action(transfer);
}

function parseUnits(given: string): number {
  const units = parseDifference(given);
  if (units < 1) throw new InvalidArgumentError('expected a number of units, 1 or more');
  return units;
}

function parseDifference(given: string): number {
  if (!/^[+-]?\d{1,9}$/.test(given) || Number(given) === 0) {
    throw new InvalidArgumentError('expected a whole number, not 0');
  }
  return Number(given);
}

async function show(sku: string): Promise<void> {
  await withDomain(async (ctx) => {
    const report = await showStock(ctx, { variantId: await variantOf(ctx, sku) });
    const ships = report.shipsAt === null ? '' : `, ships ${dayOf(report.shipsAt)}`;
    console.log(
      `${sku}: ${report.available} can be sold, ${report.onHandAvailable} sent now (${report.policy}${ships})${report.isLow ? ', low' : ''}`,
    );
    console.table(
      report.levels.map(({ location, onHand, reserved, allocated, isSoldAhead, aheadLimit }) => ({
        location,
        'on hand': onHand,
        reserved,
        allocated,
        'sold ahead': isSoldAhead ? (aheadLimit ?? 'any number') : 'no',
      })),
    );
    console.table(
      report.movements.map(({ occurredAt, location, kind, onHand, reserved, allocated, reason, actor }) => ({
        at: occurredAt.toISOString().slice(0, 19),
        location,
        kind,
        'on hand': onHand,
        reserved,
        allocated,
        reason: reason ?? '',
        by: actor,
      })),
    );
  });
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function receive(sku: string, units: number, options: ChangeOptions): Promise<void> {
  await change(sku, async (ctx, variantId) => {
    const input = {
      requestId: options.request ?? randomUUID(),
      locationId: await locationOf(ctx, options.at),
      lines: [{ variantId, quantity: units }],
      reason: options.reason ?? null,
    };
    await receiveStock(ctx, parsed(stockReceipt, input));
  });
}

async function adjust(
  sku: string,
  delta: number,
  options: ChangeOptions & { reason: string },
): Promise<void> {
  await change(sku, async (ctx, variantId) => {
    const input = {
      requestId: options.request ?? randomUUID(),
      locationId: await locationOf(ctx, options.at),
      lines: [{ variantId, delta }],
      reason: options.reason,
    };
    await adjustStock(ctx, parsed(stockAdjustment, input));
  });
}

async function transfer(
  sku: string,
  units: number,
  options: Omit<ChangeOptions, 'at'> & { from: string; to: string },
): Promise<void> {
  await change(sku, async (ctx, variantId) => {
    const input = {
      requestId: options.request ?? randomUUID(),
      fromId: await locationOf(ctx, options.from),
      toId: await locationOf(ctx, options.to),
      lines: [{ variantId, quantity: units }],
      reason: options.reason ?? null,
    };
    await transferStock(ctx, parsed(stockTransfer, input));
  });
}

/** Changes the stock of a variant, and says what is there then. */
async function change(sku: string, work: (ctx: Context, variantId: string) => Promise<void>): Promise<void> {
  await withDomain(async (ctx) => {
    const variantId = await variantOf(ctx, sku);
    await work(ctx, variantId).catch(explain);
    const { levels } = await showStock(ctx, { variantId });
    console.log(`${sku}: ${levels.map(({ location, onHand }) => `${onHand} at ${location}`).join(', ')}.`);
  });
}

async function variantOf(ctx: Context, sku: string): Promise<string> {
  const id = (await variantIdsOfSkus(ctx, [sku])).get(sku);
  if (id === undefined) throw new CliError(`Nothing has the SKU ${sku}.`);
  return id;
}

async function locationOf(ctx: Context, code: string): Promise<string> {
  const locations = await listLocations(ctx);
  const found = locations.find((location) => location.code === code);
  if (found) return found.id;
  throw new CliError(
    `There is no location ${code}: ${locations.map((location) => location.code).join(', ')}.`,
  );
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: z.input<Schema>): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CliError(`${issue?.path.join('.')}: ${issue?.message}`);
}

const reasons: Record<string, string> = {
  promised: 'These units are promised to buyers: cancel their orders first, or take fewer.',
  not_there: 'There are not so many units.',
  other_request: 'This request was for something else: leave --request out, or name a new one.',
};

function explain(error: unknown): never {
  if (!isDomainError(error, 'conflict')) throw error;
  throw new CliError(reasons[String(error.data.reason)] ?? error.message);
}
