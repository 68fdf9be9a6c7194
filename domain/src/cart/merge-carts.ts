import { sql } from 'kysely';
import { sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import {
  addSeconds,
  authorise,
  type Context,
  currentUserId,
  type TransactionContext,
} from '../kernel/index.ts';
import { pricesOf } from '../pricing/index.ts';
import { accountCart } from './account-cart.ts';
import { changing, keyOfAccount, keyOfCart } from './cart-cache.ts';
import { type CartContent, loadContent } from './cart-content.ts';
import { makeCart } from './cart-rows.ts';
import { cartMerged } from './events.ts';
import { buyerOf } from './get-cart.ts';
import { type MergedLine, mergeLines } from './merge-lines.ts';
import { CART_TTL_SECONDS, MAX_CODES, MAX_QUANTITY } from './model.ts';
import { saveVariants } from './save-variants.ts';

/** What of a cart did not find room in full; `kept: 0` is kept for later. */
export interface MergeChange {
  readonly variantId: string;
  readonly title: string;
  readonly wanted: number;
  readonly kept: number;
}

export interface MergedCarts {
  /** The cart of the account from now on; null when it has none. */
  readonly cartId: string | null;
  readonly changes: readonly MergeChange[];
}

/**
 * Makes a guest's cart that of who is logged in. The cart at hand stays, with its region, its checkout and what is held for it, so that who
 * logs in half-way through a checkout loses neither address nor goods; what the account's cart held is put into it: quantities add up as
 * far as stock and limits allow, and what is kept for later, codes and gift cards join. Only a guest's cart with nothing in it gives way to
 * the account's. The cart that is left over is closed, and told of by `cart.merged`. A token of a guest's cart opens nothing once the
 * cart is an account's or closed.
 *
 * Once for each guest's cart, however many try at once: the account's cart is locked first, being made where there is none.
 *
 * @param input.guestCartId one that is none, closed or an account's already changes nothing
 * @throws DomainError `unauthenticated`
 */
export async function mergeCarts(ctx: Context, input: { guestCartId: string }): Promise<MergedCarts> {
  authorise(ctx, 'cart:use');
  const userId = currentUserId(ctx);
  if (!(await isGuests(ctx, input.guestCartId))) return { cartId: await accountCart(ctx), changes: [] };
  const keys = [keyOfCart(input.guestCartId), keyOfAccount(userId)];
  return changing(ctx, keys, async (tx) => {
    const account = await makeCart(tx);
    if (!(await lockGuests(tx, input.guestCartId))) return { cartId: account.id, changes: [] };
    return merge(tx, { guestCartId: input.guestCartId, account, userId });
  });
}

/** Spares those who come with an old token the locks. */
async function isGuests(ctx: Context, cartId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('carts')
    .select('id')
    .where('id', '=', cartId)
    .where('user_id', 'is', null)
    .where('status', '=', 'active')
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  return row !== undefined;
}

async function lockGuests(tx: TransactionContext, cartId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('carts')
    .select('id')
    .where('id', '=', cartId)
    .where('user_id', 'is', null)
    .where('status', '=', 'active')
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

async function merge(
  tx: TransactionContext,
  carts: { guestCartId: string; account: { id: string; isNew: boolean }; userId: string },
): Promise<MergedCarts> {
  const { guestCartId, account } = carts;
  const guests = await loadContent(tx, guestCartId);
  const accounts = await loadContent(tx, account.id);
  if (guests === null || isEmpty(guests)) {
    await close(tx, guestCartId, account.id);
    return { cartId: account.id, changes: [] };
  }
  const hasMore = accounts !== null && !isEmpty(accounts);
  const changes = hasMore ? await pour(tx, { from: accounts, into: guests }) : [];
  if (account.isNew) await tx.db.deleteFrom('carts').where('id', '=', account.id).execute();
  else await close(tx, account.id, guestCartId);
  const now = tx.clock.now();
  const place = guests.destination ?? accounts?.destination ?? null;
  await tx.db
    .updateTable('carts')
    .set({
      user_id: carts.userId,
      updated_at: now,
      abandoned_at: null,
      expires_at: addSeconds(now, CART_TTL_SECONDS.customer),
      destination: place === null ? null : JSON.stringify(place),
      version: sql`version + 1`,
    })
    .where('id', '=', guestCartId)
    .execute();
  return { cartId: guestCartId, changes };
}

function isEmpty({ lines, saved, codes, giftCardIds }: CartContent): boolean {
  return lines.length + saved.length + codes.length + giftCardIds.length === 0;
}

async function close(tx: TransactionContext, cartId: string, intoCartId: string): Promise<void> {
  await tx.db
    .updateTable('carts')
    .set({ status: 'merged', updated_at: tx.clock.now() })
    .where('id', '=', cartId)
    .execute();
  await tx.emit(cartMerged(cartId, { intoCartId }));
}

interface Carts {
  readonly from: CartContent;
  readonly into: CartContent;
}

async function pour(tx: TransactionContext, carts: Carts): Promise<MergeChange[]> {
  const { from, into } = carts;
  const variantIds = [...new Set([...into.lines, ...from.lines].map((line) => line.variantId))];
  const merged = mergeLines(into.lines, from.lines, await availableToBoth(tx, variantIds, carts));
  await writeLines(tx, carts, merged);
  await joinSaved(tx, carts, merged);
  await joinCodes(tx, carts);
  const short = merged.filter((line) => line.quantity < line.wanted);
  if (short.length === 0) return [];
  const variants = await sellableVariants(
    tx,
    short.map((line) => line.variantId),
  );
  const titles = new Map(variants.map((variant) => [variant.variantId, fullTitle(variant)]));
  return short.map(({ variantId, wanted, quantity }) => ({
    variantId,
    title: titles.get(variantId) ?? '',
    wanted,
    kept: quantity,
  }));
}

const fullTitle = ({ title, variantTitle }: { title: string; variantTitle: string }) =>
  variantTitle === '' ? title : `${title}, ${variantTitle}`;

/** What can be sold to the two carts: what is held for either of them counts. */
async function availableToBoth(
  tx: TransactionContext,
  variantIds: readonly string[],
  { from, into }: Carts,
): Promise<Map<string, number>> {
  const toInto = await availabilityOf(tx, variantIds, into.id);
  const toFrom = await availabilityOf(tx, variantIds, from.id);
  const toNobody = await availabilityOf(tx, variantIds);
  return new Map(
    variantIds.map((id) => {
      const heldByFrom = (toFrom.get(id) ?? 0) - (toNobody.get(id) ?? 0);
      return [id, (toInto.get(id) ?? 0) + Math.max(0, heldByFrom)];
    }),
  );
}

/** Where the carts are of different regions, what came over costs what it does there: that is no change to warn of. */
async function writeLines(
  tx: TransactionContext,
  { from, into }: Carts,
  merged: readonly MergedLine[],
): Promise<void> {
  const own = new Set(into.lines.map((line) => line.variantId));
  const coming = new Map(from.lines.map((line) => [line.variantId, line]));
  const isElsewhere = from.regionId !== into.regionId;
  const prices = isElsewhere ? await pricesOf(tx, [...coming.keys()], buyerOf(into)) : new Map();
  const rows = merged
    .filter((line) => line.quantity > 0)
    .map(({ variantId, quantity }) => ({
      id: tx.ids.next(),
      variantId,
      quantity,
      amount: prices.get(variantId)?.amount ?? coming.get(variantId)?.seenAmount ?? 0,
    }));
  await sql`
    insert into cart_lines as line (id, cart_id, variant_id, quantity, seen_amount, added_at)
    select row.id, ${into.id}::uuid, row."variantId", row.quantity, row.amount, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row (id uuid, "variantId" uuid, quantity integer, amount bigint)
    on conflict (cart_id, variant_id) do update set quantity = excluded.quantity
  `.execute(tx.db);
  const gone = merged.filter((line) => line.quantity === 0 && own.has(line.variantId));
  if (gone.length === 0) return;
  await tx.db
    .deleteFrom('cart_lines')
    .where('cart_id', '=', into.id)
    .where(
      'variant_id',
      'in',
      gone.map((line) => line.variantId),
    )
    .execute();
}

/** What was kept for later in either cart, and what found no room in the new one. */
async function joinSaved(
  tx: TransactionContext,
  { from, into }: Carts,
  merged: readonly MergedLine[],
): Promise<void> {
  const rows = [
    ...from.saved,
    ...merged.filter((line) => line.quantity === 0).map((line) => ({ ...line, quantity: line.wanted })),
  ];
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of rows) {
    quantities.set(variantId, Math.min(MAX_QUANTITY, (quantities.get(variantId) ?? 0) + quantity));
  }
  await saveVariants(
    tx,
    into.id,
    [...quantities].map(([variantId, quantity]) => ({ variantId, quantity })),
  );
}

/** The codes and gift cards of the cart at hand come first. */
async function joinCodes(tx: TransactionContext, { from, into }: Carts): Promise<void> {
  const now = tx.clock.now();
  await sql`
    insert into cart_codes (cart_id, code, added_at)
    select ${into.id}::uuid, entered.code, ${now}::timestamptz from cart_codes entered
    where entered.cart_id = ${from.id}::uuid
    order by entered.added_at limit ${Math.max(0, MAX_CODES - into.codes.length)}::int
    on conflict do nothing
  `.execute(tx.db);
  await sql`
    insert into cart_gift_cards (cart_id, gift_card_id, added_at)
    select ${into.id}::uuid, card.gift_card_id, ${now}::timestamptz from cart_gift_cards card
    where card.cart_id = ${from.id}::uuid
    order by card.added_at limit ${Math.max(0, MAX_CODES - into.giftCardIds.length)}::int
    on conflict do nothing
  `.execute(tx.db);
}
