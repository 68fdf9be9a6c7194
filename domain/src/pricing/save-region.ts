import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { regionsChanged } from './events.ts';
import { region } from './model.ts';
import { forgetRegions } from './regions.ts';

export const regionInput = region.extend({
  /** It stays what it was at first: links, cookies and documents name it. */
  code: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1).max(120),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'expected two letters, such as FR'))
    .min(1)
    .max(250),
  /** The lower is offered first. */
  position: z.int().min(0).max(10_000),
  isActive: z.boolean(),
});
export type RegionInput = z.infer<typeof regionInput>;

/** All regions, also those that one cannot shop in now. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listAllRegions(ctx: Context): Promise<RegionInput[]> {
  authorise(ctx, 'prices:update');
  return readAll(ctx);
}

/**
 * Makes a region, or changes all of it but its code and its currency. The same again changes nothing.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `name_taken` when another region has the code, `conflict` when code or currency
 *   were others, or when it is the last one that one can shop in
 */
export async function saveRegion(ctx: Context, input: RegionInput): Promise<void> {
  authorise(ctx, 'prices:update');
  await ctx.transaction(async (tx) => {
    // one after the other, so that two of them do not close each the other's last region
    await sql`lock table regions in share row exclusive mode`.execute(tx.db);
    const regions = await readAll(tx);
    const before = regions.find(({ id }) => id === input.id);
    const after = { ...input, countries: [...new Set(input.countries)] };
    checkChange(regions, before, after);
    if (before && JSON.stringify(before) === JSON.stringify({ ...before, ...after })) return;
    await write(tx, after);
    await recordAudit(tx, {
      action: before ? 'region.updated' : 'region.created',
      target: { kind: 'region', id: input.id },
      ...(before ? { before: { ...before } } : {}),
      after,
    });
    await tx.emit(regionsChanged(input.id, {}));
  });
  forgetRegions(ctx);
}

function checkChange(
  regions: readonly RegionInput[],
  before: RegionInput | undefined,
  after: RegionInput,
): void {
  const others = regions.filter(({ id }) => id !== after.id);
  if (others.some(({ code }) => code === after.code)) {
    throw new DomainError('name_taken', `another region is called ${after.code}`);
  }
  if (before && (before.code !== after.code || before.currency !== after.currency)) {
    throw new DomainError('conflict', `the region is ${before.code} and sells in ${before.currency}`);
  }
  if (!after.isActive && !others.some(({ isActive }) => isActive)) {
    throw new DomainError('conflict', 'one must be able to shop somewhere');
  }
}

async function readAll(ctx: Context): Promise<RegionInput[]> {
  const rows = await ctx.db.selectFrom('regions').selectAll().orderBy('position').orderBy('code').execute();
  return rows.map(({ prices_include_tax: pricesIncludeTax, is_active: isActive, ...row }) => ({
    ...row,
    pricesIncludeTax,
    isActive,
  }));
}

async function write(tx: TransactionContext, input: RegionInput): Promise<void> {
  const values = {
    name: input.name,
    prices_include_tax: input.pricesIncludeTax,
    countries: input.countries,
    position: input.position,
    is_active: input.isActive,
  };
  await tx.db
    .insertInto('regions')
    .values({ ...values, id: input.id, code: input.code, currency: input.currency })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}
