import { addSeconds, authorise, type Context, DomainError, hashToken, randomToken } from '../kernel/index.ts';
import { type AddedAll, addWanted, type Wanted } from './add-all-to-cart.ts';
import { loadContent } from './cart-content.ts';
import type { SharedCartView } from './model.ts';
import { offeredLines, wantedLines } from './offered-lines.ts';

/** How long a link to a shared cart works. */
export const SHARED_CART_SECONDS = 30 * 24 * 3600;

/**
 * Makes a link to what is in a cart now: variants and quantities, and nothing of whose cart it is. What becomes of the cart later does not
 * show. Two statements.
 *
 * @returns the address, good for 30 days; only its hash is kept, so it cannot be told again
 * @throws DomainError `cart_empty`
 */
export async function shareCart(
  ctx: Context,
  input: { cartId: string },
): Promise<{ url: string; expiresAt: Date }> {
  authorise(ctx, 'cart:use');
  const content = await loadContent(ctx, input.cartId);
  if (content === null || content.lines.length === 0) throw new DomainError('cart_empty', 'nothing to share');
  const token = randomToken();
  const now = ctx.clock.now();
  const expiresAt = addSeconds(now, SHARED_CART_SECONDS);
  const lines = content.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  await ctx.db
    .insertInto('shared_carts')
    .values({
      id: ctx.ids.next(),
      token_hash: hashToken(token),
      lines: JSON.stringify(lines),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { url: `${ctx.config.shop.url}/cart/shared/${token}`, expiresAt };
}

async function linesOfLink(ctx: Context, token: string): Promise<Wanted[]> {
  const row = await ctx.db
    .selectFrom('shared_carts')
    .select('lines')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  if (!row) throw new DomainError('token_invalid', 'no cart for this link');
  return wantedLines.parse(row.lines);
}

/**
 * What a link to a shared cart shows: today's prices for who looks, and what there is of it. Six statements.
 *
 * @throws DomainError `token_invalid` when the link is none of ours or too old
 */
export async function sharedCart(ctx: Context, input: { token: string }): Promise<SharedCartView> {
  authorise(ctx, 'catalog:read');
  const lines = await linesOfLink(ctx, input.token);
  return { lines: await offeredLines(ctx, lines) };
}

/**
 * Puts what can be bought of a shared cart into a cart; what is in it already stays as it is.
 *
 * @throws DomainError `token_invalid` when the link is none of ours or too old
 */
export async function addSharedCart(
  ctx: Context,
  input: { token: string; cartId: string | null },
): Promise<AddedAll> {
  authorise(ctx, 'cart:use');
  const wanted = await linesOfLink(ctx, input.token);
  return addWanted(ctx, { cartId: input.cartId, wanted });
}

/** Forgets links that are too old. One statement. @returns how many */
export async function dropSharedCarts(ctx: Context): Promise<number> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('shared_carts')
    .where('expires_at', '<', ctx.clock.now())
    .executeTakeFirst();
  return Number(numDeletedRows);
}
