import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError, enqueue, type TransactionContext } from '../kernel/index.ts';
import type { PriceListInput } from './price-lists-model.ts';
import { tellOfPrices, windowJob } from './price-windows.ts';

/**
 * Makes a price list, or changes all of it but its currency and its prices. The same again changes nothing.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found` (its region or group), `conflict` when it was of another currency,
 *   `invalid_input` when its region sells in another
 */
export async function savePriceList(ctx: Context, input: PriceListInput): Promise<void> {
  authorise(ctx, 'prices:update');
  await ctx.transaction(async (tx) => {
    await checkReach(tx, input);
    const before = await lockList(tx, input);
    if (before !== null && before.currency !== input.currency) {
      throw new DomainError('conflict', `the price list is one of ${before.currency}`);
    }
    if (before !== null && sameAs(before, input)) return;
    await writeList(tx, input);
    await recordAudit(tx, {
      action: before === null ? 'price-list.created' : 'price-list.updated',
      target: { kind: 'price-list', id: input.id },
      ...(before === null ? {} : { before: settingsOf(before) }),
      after: settingsOf(input),
    });
    // lists of groups are in no index, and neither is one that is new and empty
    if (before !== null && (before.groupId === null || input.groupId === null)) {
      await tellOfPrices(tx, [input.id]);
    }
    await tellInTime(tx, input);
  });
}

/**
 * Takes a price list out of use; its prices stay. Repeating it changes nothing.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function disablePriceList(ctx: Context, input: { priceListId: string }): Promise<void> {
  authorise(ctx, 'prices:update');
  const { priceListId: id } = input;
  await ctx.transaction(async (tx) => {
    const list = await tx.db
      .selectFrom('price_lists')
      .select(['is_active', 'group_id'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!list) throw new DomainError('not_found', `no price list ${id}`);
    if (!list.is_active) return;
    await tx.db
      .updateTable('price_lists')
      .set({ is_active: false, updated_at: tx.clock.now() })
      .where('id', '=', id)
      .execute();
    await recordAudit(tx, { action: 'price-list.disabled', target: { kind: 'price-list', id } });
    if (list.group_id === null) await tellOfPrices(tx, [id]);
  });
}

async function checkReach(tx: TransactionContext, input: PriceListInput): Promise<void> {
  if (input.regionId !== null) {
    const region = await tx.db
      .selectFrom('regions')
      .select('currency')
      .where('id', '=', input.regionId)
      .executeTakeFirst();
    if (!region) throw new DomainError('not_found', `no region ${input.regionId}`);
    if (region.currency !== input.currency) {
      throw new DomainError('invalid_input', `regionId: that region sells in ${region.currency}`);
    }
  }
  if (input.groupId === null) return;
  const group = await tx.db
    .selectFrom('customer_groups')
    .select('id')
    .where('id', '=', input.groupId)
    .executeTakeFirst();
  if (!group) throw new DomainError('not_found', `no customer group ${input.groupId}`);
}

/** The list as it was; null when it is new. */
async function lockList(tx: TransactionContext, { id }: PriceListInput): Promise<PriceListInput | null> {
  const row = await tx.db
    .selectFrom('price_lists')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  return {
    id,
    name: row.name,
    currency: row.currency,
    regionId: row.region_id,
    groupId: row.group_id,
    isSale: row.is_sale,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priority: row.priority,
    isActive: row.is_active,
  };
}

async function writeList(tx: TransactionContext, input: PriceListInput): Promise<void> {
  const now = tx.clock.now();
  const values = {
    name: input.name,
    region_id: input.regionId,
    group_id: input.groupId,
    is_sale: input.isSale,
    starts_at: input.startsAt,
    ends_at: input.endsAt,
    priority: input.priority,
    is_active: input.isActive,
    told_until: now,
    updated_at: now,
  };
  const written = await tx.db
    .insertInto('price_lists')
    .values({ ...values, id: input.id, currency: input.currency, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(values)
        // two who make the same list at once: the second waits here, and did not see the first
        .where('price_lists.currency', '=', input.currency),
    )
    .returning('id')
    .executeTakeFirst();
  if (!written) throw new DomainError('conflict', 'the price list is one of another currency');
}

/** Looks at the list again when it starts and when it ends. */
async function tellInTime(tx: TransactionContext, list: PriceListInput): Promise<void> {
  if (!list.isActive || list.groupId !== null) return;
  const now = tx.clock.now();
  for (const [edge, runAt] of Object.entries({ start: list.startsAt, end: list.endsAt })) {
    if (runAt === null || runAt <= now) continue;
    await enqueue(tx, windowJob, {}, { runAt, key: `pricing.window:${list.id}:${edge}` });
  }
}

const settingsOf = ({ id: _id, ...list }: PriceListInput) => list;

function sameAs(a: PriceListInput, b: PriceListInput): boolean {
  return JSON.stringify(settingsOf(a)) === JSON.stringify({ ...settingsOf(a), ...settingsOf(b) });
}
