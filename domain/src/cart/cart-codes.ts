import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { normaliseCode } from '../promotions/index.ts';
import { type LockedCart, touchCart } from './cart-rows.ts';
import { MAX_CODES } from './model.ts';

async function lockOrRefuse(tx: TransactionContext, cartId: string): Promise<LockedCart> {
  const cart = await touchCart(tx, cartId);
  if (!cart) throw new DomainError('cart_empty', `cart ${cartId} is gone`);
  return cart;
}

/**
 * Enters a code into a cart. Whether it is good for anything is told with each view of the cart: it may be later what it is not now.
 * Entering it again does nothing.
 *
 * @throws DomainError `invalid_input` for what cannot be a code, `limit_reached`, `cart_empty`
 */
export async function enterCode(ctx: Context, input: { cartId: string; code: string }): Promise<void> {
  const code = normaliseCode(input.code);
  if (code === null) {
    throw new DomainError('invalid_input', 'no code', { fields: { code: 'Enter the code as you got it' } });
  }
  await ctx.transaction(async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    const held = await tx.db.selectFrom('cart_codes').select('code').where('cart_id', '=', cart.id).execute();
    if (held.some((row) => row.code === code)) return;
    if (held.length >= MAX_CODES)
      throw new DomainError('limit_reached', 'too many codes', { limit: MAX_CODES });
    await tx.db
      .insertInto('cart_codes')
      .values({ cart_id: cart.id, code, added_at: tx.clock.now() })
      .execute();
  });
}

/** Takes a code out of a cart; one that is gone already is no error. */
export async function removeCode(ctx: Context, input: { cartId: string; code: string }): Promise<void> {
  const code = normaliseCode(input.code);
  await ctx.transaction(async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    await tx.db
      .deleteFrom('cart_codes')
      .where('cart_id', '=', cart.id)
      .where('code', '=', code ?? '')
      .execute();
  });
}

/** Takes a gift card out of a cart; one that is gone already is no error. */
export async function removeGiftCard(
  ctx: Context,
  input: { cartId: string; giftCardId: string },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    await tx.db
      .deleteFrom('cart_gift_cards')
      .where('cart_id', '=', cart.id)
      .where('gift_card_id', '=', input.giftCardId)
      .execute();
  });
}
