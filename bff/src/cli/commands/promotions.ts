import { readFile } from 'node:fs/promises';
import type { Context } from '@souk/domain/kernel';
import {
  addCodes,
  codeFilter,
  codesToAdd,
  createPromotion,
  listCodes,
  listPromotions,
  newPromotion,
  type PromotionView,
  promotionFilter,
} from '@souk/domain/promotions';
import type { Command } from 'commander';
import type { z } from 'zod';
import { CliError, withDomain } from '../open-domain.ts';

interface CodesOptions {
  count?: string;
  prefix: string;
  add?: string;
  maxUses?: string;
}

/** Declares `souk promotions list`, `souk promotions create` and `souk promotions codes`. */
export function addPromotions(program: Command): void {
  const promotions = program.command('promotions').description('what is off for whom, and its codes');
  promotions.command('list').description('list the promotions, the newest first').action(list);
  promotions
    .command('create')
    .description('make a promotion of a document; docs/promotions.md tells what it may say')
    .requiredOption('--file <path>', 'JSON: { "promotion": { … }, "codes": [ … ] }')
    .action(create);
  promotions
    .command('codes')
    .description('list the codes of a promotion, or add some; those added are printed, one a line')
    .argument('<id>', 'of the promotion: see souk promotions list')
    .option('--count <number>', 'make so many random ones, without look-alikes')
    .option('--prefix <text>', 'what each random one begins with', '')
    .option('--add <codes>', 'add these, by commas')
    .option('--max-uses <times>', 'how often each of them is good; else as often as the promotion')
    .action(codes);
}

async function list(): Promise<void> {
  await withDomain(async (ctx) => {
    let cursor: string | null = null;
    let isEmpty = true;
    do {
      const page = await listPromotions(ctx, promotionFilter.parse({ cursor, limit: 100 }));
      for (const promotion of page.items) console.log(lineOf(promotion));
      isEmpty &&= page.items.length === 0;
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (isEmpty) console.log('There is no promotion.');
  });
}

function lineOf(promotion: PromotionView): string {
  const { codes, codeCount, endsAt, maxUses, useCount } = promotion;
  const more = codeCount > codes.length ? ` and ${codeCount - codes.length} more` : '';
  const opened = promotion.trigger === 'automatic' ? 'automatic' : `${codes.join(', ')}${more}`;
  const until = endsAt === null ? '' : `  until ${endsAt.toISOString().slice(0, 10)}`;
  const uses = maxUses === null ? `${useCount} uses` : `${useCount} of ${maxUses} uses`;
  return `${promotion.id}  ${promotion.status.padEnd(8)}  ${promotion.name} (${opened})  ${uses}${until}`;
}

async function create(options: { file: string }): Promise<void> {
  const input = parse(newPromotion, await readDocument(options.file), options.file);
  await withDomain(async (ctx) => {
    const { id, name } = await createPromotion(ctx, input);
    console.log(`${id}  ${name} applies ${input.status === 'active' ? 'from now on' : 'once it is active'}.`);
  });
}

async function readDocument(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`There is no file ${path}.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(`${path} is no JSON.`);
  }
}

async function codes(promotionId: string, options: CodesOptions): Promise<void> {
  await withDomain(async (ctx) => {
    if (options.count === undefined && options.add === undefined) return listAll(ctx, promotionId);
    const wanted =
      options.add === undefined
        ? { count: Number(options.count), prefix: options.prefix }
        : { list: options.add.split(',') };
    const maxUses = options.maxUses === undefined ? null : Number(options.maxUses);
    const input = parse(
      codesToAdd,
      { promotionId, codes: wanted, maxUses, requestId: ctx.ids.next() },
      'codes',
    );
    const added = await addCodes(ctx, input);
    for (const code of added.codes) console.log(code);
  });
}

async function listAll(ctx: Context, promotionId: string): Promise<void> {
  let cursor: string | null = null;
  do {
    const input = parse(codeFilter, { promotionId, cursor, limit: 1_000 }, 'codes');
    const page: Awaited<ReturnType<typeof listCodes>> = await listCodes(ctx, input);
    for (const { code, usesLeft } of page.items)
      console.log(usesLeft === null ? code : `${code}  ${usesLeft} uses left`);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown, of: string): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new CliError(`${of} cannot be taken:\n${issues.join('\n')}`);
}
