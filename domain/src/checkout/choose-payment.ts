import { type CartQuote, pricedCartQuestion } from '../cart/index.ts';
import { extendReservation, type Hold, reserveStock } from '../inventory/index.ts';
import {
  type Context,
  DomainError,
  isDomainError,
  readTogether,
  type TransactionContext,
  writeLast,
} from '../kernel/index.ts';
import { cardKeyOf, paymentCustomerOf, readConfirmationToken, readSavedCard } from '../payments/index.ts';
import {
  asShopperSees,
  type CheckoutRow,
  checkoutOfCart,
  countryOf,
  destinationOf,
  lockingQuestion,
} from './checkout-rows.ts';
import { checkoutUpdate } from './checkout-updates.ts';
import { reopen } from './edit-checkout.ts';
import { type FrozenCheckout, freeze, frozenTotals, isSameFreeze, unitsOf } from './frozen.ts';
import {
  type PaymentChoice,
  type PaymentChosen,
  type PaymentInput,
  paymentChoice,
  paymentInput,
} from './model.ts';
import { methodsFor } from './payment-methods.ts';
import { quotingInTransaction } from './quote-checkout.ts';
import { showingShortage } from './shortage.ts';

/**
 * Enters payment: prices and stock are checked anew, the totals frozen and the stock held, in one transaction, together with how the
 * shopper wants to pay. Nothing is charged, and nothing is asked of the bank, before they placed the order.
 *
 * @returns what the shopper is about to agree to
 * @throws DomainError `cart_empty`, `cart_changed`, `out_of_stock`, `checkout_incomplete`, `checkout_closed`, `method_unavailable`,
 *   `rate_limited` after too many cards, `unavailable` while the provider cannot be reached
 */
export async function choosePayment(
  ctx: Context,
  input: { cartId: string } & PaymentInput,
): Promise<PaymentChosen> {
  const wanted = paymentInput.parse(input);
  // no more than is kept: what was read is compared with what stands there when the order is placed
  const choice = paymentChoice.parse(await choiceOf(ctx, wanted));
  try {
    return await enterPayment(ctx, input.cartId, choice);
  } catch (error) {
    if (!isDomainError(error, 'checkout_closed')) throw error;
    // the shopper may have come back from the bank
    await reopen(ctx, input.cartId);
    return enterPayment(ctx, input.cartId, choice);
  }
}

function enterPayment(ctx: Context, cartId: string, choice: PaymentChoice): Promise<PaymentChosen> {
  return showingShortage(ctx, cartId, () =>
    quotingInTransaction(
      ctx,
      cartId,
      async () => requireDelivery(ctx, await checkoutOfCart(ctx, cartId)),
      async (tx, quote) => {
        const [found, cart] = await readTogether(
          tx,
          lockingQuestion(tx, cartId),
          pricedCartQuestion(tx, cartId, { country: countryOf(cartId), toReserve: true }),
        );
        const checkout = requireDelivery(tx, found);
        return freezeAndHold(tx, { checkout, quote: await quote(checkout, cart), choice });
      },
    ),
  );
}

/** The checkout as its shopper sees it, when nothing is missing before payment. */
function requireDelivery(ctx: Context, found: CheckoutRow | undefined): CheckoutRow {
  const checkout = found && asShopperSees(ctx, found);
  if (checkout && checkout.status !== 'open') {
    throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed`);
  }
  if (!checkout || checkout.shippingAddress === null || checkout.email === null) {
    throw new DomainError('checkout_incomplete', 'the address is missing', { step: 'address' });
  }
  return checkout;
}

/** What the provider knows of the card that was entered or chosen. */
async function choiceOf(ctx: Context, wanted: ReturnType<typeof paymentInput.parse>): Promise<PaymentChoice> {
  const { method, confirmationToken, savedMethodId } = wanted;
  const plain = {
    method,
    confirmationToken: null,
    savedMethodId: null,
    savesCard: false,
    customerId: null,
    detail: null,
    fingerprint: null,
  };
  if (confirmationToken !== null) {
    const { fingerprint, ...detail } = await readConfirmationToken(ctx, confirmationToken);
    // Klarna and its like refuse a payment that is to be kept
    const savesCard = wanted.savesCard && detail.type === 'card' && ctx.actor.kind === 'user';
    const customerId = savesCard ? await paymentCustomerOf(ctx) : null;
    const card = cardKeyOf(ctx, fingerprint);
    return { ...plain, confirmationToken, savesCard, customerId, detail, fingerprint: card };
  }
  if (savedMethodId !== null) {
    const { fingerprint, customerId, ...detail } = await readSavedCard(ctx, { cardId: savedMethodId });
    return { ...plain, savedMethodId, customerId, detail, fingerprint: cardKeyOf(ctx, fingerprint) };
  }
  return plain;
}

async function freezeAndHold(
  tx: TransactionContext,
  input: { checkout: CheckoutRow; quote: CartQuote; choice: PaymentChoice },
): Promise<PaymentChosen> {
  const { checkout, quote } = input;
  const frozen = freeze(quote);
  const payment = payingWith(tx, quote, input.choice);
  const isSame = checkout.frozen !== null && isSameFreeze(checkout.frozen, frozen);
  const extended =
    isSame && checkout.reservationId !== null ? await extendReservation(tx, checkout.reservationId) : null;
  const held = extended ?? (await holdAnew(tx, checkout, quote, frozen));
  const totalsVersion = isSame ? checkout.totalsVersion : checkout.totalsVersion + 1;
  const chosen = { totalsVersion, totals: frozenTotals(frozen) };
  const changes = { frozen, reservationId: held.id, heldUntil: held.expiresAt, totalsVersion, payment };
  await writeLast(tx, checkoutUpdate(tx, checkout.id, { ...changes, error: null }));
  return chosen;
}

/** The choice as the totals allow it: where gift cards pay all of it, nothing else is asked for. */
function payingWith(ctx: Context, quote: CartQuote, choice: PaymentChoice): PaymentChoice {
  if (quote.dueAmount === 0) {
    return {
      method: 'gift_card',
      confirmationToken: null,
      savedMethodId: null,
      savesCard: false,
      customerId: null,
      detail: null,
      fingerprint: null,
    };
  }
  if (choice.method === 'gift_card' || !methodsFor(ctx, quote).includes(choice.method)) {
    throw new DomainError('method_unavailable', `${choice.method} does not pay for this`, {
      method: choice.method,
    });
  }
  return choice;
}

function holdAnew(
  tx: TransactionContext,
  checkout: CheckoutRow,
  { cart }: CartQuote,
  frozen: FrozenCheckout,
): Promise<Hold> {
  return reserveStock(tx, {
    holderId: cart.id,
    lines: unitsOf(frozen),
    destination: destinationOf(checkout),
    replaces: checkout.reservationId,
    seen: cart.levels,
  });
}
