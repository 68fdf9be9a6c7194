import { sql } from 'kysely';
import { z } from 'zod';
import { authorise, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { type AddedAll, addWanted, type Wanted } from './add-all-to-cart.ts';
import { accountOf } from './cart-rows.ts';
import { MAX_CODES, sharedCartView } from './model.ts';
import { offeredLines, wantedLines } from './offered-lines.ts';
import { readRestoreToken } from './restore-link.ts';

/** What a link in a mail about a cart leads to. */
export const restorableCart = z.discriminatedUnion('state', [
  /** It is the cart of who asks. */
  z.object({ state: z.literal('at_hand') }),
  /** It is an account's: its owner finds it by logging in. */
  z.object({ state: z.literal('account') }),
  z.object({ state: z.literal('guest'), lines: sharedCartView.shape.lines }),
]);
export type RestorableCart = z.infer<typeof restorableCart>;

interface Left {
  readonly id: string;
  readonly userId: string | null;
  readonly lines: readonly Wanted[];
}

/** @throws DomainError `token_invalid` when the cart is gone, ordered or empty, or the link none of ours */
async function leftCart(ctx: Context, token: string): Promise<Left> {
  const id = z.uuid().safeParse(readRestoreToken(ctx, token));
  const { rows } = await sql<{ id: string; userId: string | null; lines: unknown }>`
    select cart.id, cart.user_id as "userId", coalesce((
      select jsonb_agg(jsonb_build_object('variantId', line.variant_id, 'quantity', line.quantity)
        order by line.added_at, line.id)
      from cart_lines line where line.cart_id = cart.id
    ), '[]') as lines
    from carts cart
    where cart.id = ${id.success ? id.data : null}::uuid and cart.status = 'active'
      and cart.expires_at > ${ctx.clock.now()}::timestamptz
  `.execute(ctx.db);
  const lines = wantedLines.parse(rows[0]?.lines ?? []);
  if (!rows[0] || lines.length === 0)
    throw new DomainError('token_invalid', 'no cart to restore by this link');
  return { id: rows[0].id, userId: rows[0].userId, lines };
}

const isTheirs = (ctx: Context, left: Left, cartId: string | null) =>
  left.id === cartId || (left.userId !== null && left.userId === accountOf(ctx));

/**
 * What a link in a mail about a cart leads to: of a guest's, what was in it, at today's prices. Five statements at most.
 *
 * @param input.cartId the cart at hand
 * @throws DomainError `token_invalid` when the cart is gone or ordered, or the link none of ours
 */
export async function restorable(
  ctx: Context,
  input: { token: string; cartId: string | null },
): Promise<RestorableCart> {
  authorise(ctx, 'cart:use');
  const left = await leftCart(ctx, input.token);
  if (isTheirs(ctx, left, input.cartId)) return { state: 'at_hand' };
  if (left.userId !== null) return { state: 'account' };
  return { state: 'guest', lines: await offeredLines(ctx, left.lines) };
}

/**
 * Gives back what was in a guest's cart: its things, codes and what was kept for later are put into the cart at hand, or a new one. It is
 * a copy, without gift cards, address and payment: the mail may have gone to an address that was mistyped, and money and an address are
 * nobody else's. What is in the cart at hand stays as it is, so that doing it again does no harm. Eleven statements at most.
 *
 * @throws DomainError `token_invalid`, `forbidden` for the cart of an account: its owner logs in
 */
export async function restoreCart(
  ctx: Context,
  input: { token: string; cartId: string | null },
): Promise<AddedAll> {
  authorise(ctx, 'cart:use');
  const left = await leftCart(ctx, input.token);
  if (isTheirs(ctx, left, input.cartId)) {
    return { cartId: left.id, inCart: left.lines.map((line) => line.variantId), left: [] };
  }
  if (left.userId !== null) throw new DomainError('forbidden', 'this cart is an account’s');
  return ctx.transaction(async (tx) => {
    const added = await addWanted(tx, { cartId: input.cartId, wanted: left.lines });
    if (added.cartId !== null) await copyRest(tx, left.id, added.cartId);
    return added;
  });
}

async function copyRest(tx: TransactionContext, from: string, into: string): Promise<void> {
  const now = tx.clock.now();
  await sql`
    insert into cart_codes (cart_id, code, added_at)
    select ${into}::uuid, entered.code, ${now}::timestamptz from cart_codes entered
    where entered.cart_id = ${from}::uuid
    order by entered.added_at
    limit greatest(0, ${MAX_CODES}::int - (select count(*) from cart_codes where cart_id = ${into}::uuid)::int)
    on conflict do nothing
  `.execute(tx.db);
  const saved = await tx.db
    .selectFrom('cart_saved_lines')
    .select(['variant_id', 'quantity', 'saved_at'])
    .where('cart_id', '=', from)
    .execute();
  if (saved.length === 0) return;
  await tx.db
    .insertInto('cart_saved_lines')
    .values(saved.map((row) => ({ id: tx.ids.next(), cart_id: into, ...row })))
    .onConflict((conflict) => conflict.columns(['cart_id', 'variant_id']).doNothing())
    .execute();
}
