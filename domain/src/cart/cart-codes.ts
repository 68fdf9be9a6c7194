import { beginTry, networkCounters, type ThrottleRule, type Try } from '../identity/index.ts';
import { type Context, DomainError, isDomainError, type TransactionContext } from '../kernel/index.ts';
import { activePromotions, findGiftCard, type GiftCardBalance, normaliseCode } from '../promotions/index.ts';
import { changing, keyOfCart } from './cart-cache.ts';
import { type LockedCart, touchCart } from './cart-rows.ts';
import { MAX_CODES } from './model.ts';

/** Who mistypes gets on; who guesses does not. */
const guesses: ThrottleRule = { free: 10, firstSeconds: 2, maxSeconds: 10 * 60, forgetSeconds: 60 };

async function lockOrRefuse(tx: TransactionContext, cartId: string): Promise<LockedCart> {
  const cart = await touchCart(tx, cartId);
  if (!cart) throw new DomainError('cart_empty', `cart ${cartId} is gone`);
  return cart;
}

function beginGuess(ctx: Context, cartId: string): Promise<Try> {
  return beginTry(ctx, [
    { name: ['code-cart', cartId], rule: guesses, onSuccess: 'forgive' },
    ...networkCounters(ctx, 'code-network', guesses),
  ]);
}

/**
 * Enters what a shopper was given into a cart: the code of a promotion, or of a gift card. Whether a promotion's is good for anything is
 * told with each view of the cart: it may be later what it is not now. Entering it again does nothing. Eleven statements.
 *
 * @throws DomainError `code_unknown`, `gift_card_invalid` with the `reason`, `limit_reached`, `cart_empty`, `rate_limited` after too
 *   many that nobody knows
 */
export async function enterCode(
  ctx: Context,
  input: { cartId: string; code: string },
): Promise<{ kind: 'promotion' | 'gift_card' }> {
  const guess = await beginGuess(ctx, input.cartId);
  const card = await cardOf(ctx, input.code);
  if (card === null) await enterPromotionCode(ctx, input);
  else await putGiftCard(ctx, input.cartId, card);
  await guess.succeeded();
  return { kind: card === null ? 'promotion' : 'gift_card' };
}

/** @throws DomainError `gift_card_invalid` for one that cannot be spent any more */
async function cardOf(ctx: Context, code: string): Promise<GiftCardBalance | null> {
  try {
    return await findGiftCard(ctx, { code });
  } catch (error) {
    if (isDomainError(error, 'gift_card_invalid') && error.data.reason === 'unknown') return null;
    throw error;
  }
}

async function enterPromotionCode(ctx: Context, input: { cartId: string; code: string }): Promise<void> {
  const code = normaliseCode(input.code);
  if (code === null || !(await isKnown(ctx, code))) {
    throw new DomainError('code_unknown', 'nothing has this code', { code: code ?? '' });
  }
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    const held = await tx.db.selectFrom('cart_codes').select('code').where('cart_id', '=', cart.id).execute();
    if (held.some((row) => row.code === code)) return;
    if (held.length >= MAX_CODES) {
      throw new DomainError('limit_reached', 'too many codes', { limit: MAX_CODES });
    }
    await tx.db
      .insertInto('cart_codes')
      .values({ cart_id: cart.id, code, added_at: tx.clock.now() })
      .execute();
  });
}

/** What staff cannot have entered is not asked for: the database knows no NUL. */
async function isKnown(ctx: Context, code: string): Promise<boolean> {
  if (/[\p{C}\p{Z}]/u.test(code)) return false;
  const found = await activePromotions(ctx, { codes: [code] });
  return found.some(({ codes }) => codes.some((own) => own.code === code));
}

async function putGiftCard(ctx: Context, cartId: string, card: GiftCardBalance): Promise<void> {
  await changing(ctx, [keyOfCart(cartId)], async (tx) => {
    const cart = await lockOrRefuse(tx, cartId);
    const { currency, amount } = card.balance;
    if (currency !== cart.buyer.currency) {
      throw new DomainError('gift_card_invalid', 'the card is of another currency', {
        reason: 'currency',
        currency,
      });
    }
    const held = await tx.db
      .selectFrom('cart_gift_cards')
      .select('gift_card_id')
      .where('cart_id', '=', cart.id)
      .execute();
    if (held.some((row) => row.gift_card_id === card.giftCardId)) return;
    if (amount === 0)
      throw new DomainError('gift_card_invalid', 'nothing is left on it', { reason: 'empty' });
    if (held.length >= MAX_CODES) {
      throw new DomainError('limit_reached', 'too many cards', { limit: MAX_CODES });
    }
    await tx.db
      .insertInto('cart_gift_cards')
      .values({ cart_id: cart.id, gift_card_id: card.giftCardId, added_at: tx.clock.now() })
      .execute();
  });
}

/** Takes a code out of a cart; one that is gone already is no error. Two statements. */
export async function removeCode(ctx: Context, input: { cartId: string; code: string }): Promise<void> {
  const code = normaliseCode(input.code);
  if (code === null || code.includes('\0')) return;
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    await tx.db.deleteFrom('cart_codes').where('cart_id', '=', cart.id).where('code', '=', code).execute();
  });
}

/** Takes a gift card out of a cart; one that is gone already is no error. Two statements. */
export async function removeGiftCard(
  ctx: Context,
  input: { cartId: string; giftCardId: string },
): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await lockOrRefuse(tx, input.cartId);
    await tx.db
      .deleteFrom('cart_gift_cards')
      .where('cart_id', '=', cart.id)
      .where('gift_card_id', '=', input.giftCardId)
      .execute();
  });
}
