import { pricedCartQuestion } from '../cart/index.ts';
import { releaseReservation } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  readTogether,
  type TransactionContext,
} from '../kernel/index.ts';
import { checkVatId } from '../tax/index.ts';
import {
  asShopperSees,
  buyerOf,
  type CheckoutRow,
  checkoutOfCart,
  checkoutQuestion,
  isOfShopper,
  lockLiveCheckout,
} from './checkout-rows.ts';
import {
  beginCheckout,
  type CheckoutChanges,
  chooseOffered,
  updateCheckout,
  updateUnfrozen,
} from './checkout-updates.ts';
import {
  type AddressInput,
  type AddressSaved,
  addressInput,
  type ShippingInput,
  shippingInput,
} from './model.ts';
import { optionViewOf } from './option-view.ts';
import { quoteFilled } from './quote-checkout.ts';
import { settleCheckout } from './settle-checkout.ts';
import { requireStock, showingShortage } from './shortage.ts';

/**
 * Saves who buys and where it goes. What was frozen for payment before is thawed: another address may cost another sum.
 *
 * @throws DomainError `cart_empty`, `checkout_closed`, `no_shipping` when nothing ships to the country, `out_of_stock` when too little is
 *   where it could be sent from, `invalid_input` for a VAT id that cannot be one
 * @returns what the next step offers
 */
export async function setCheckoutAddress(
  ctx: Context,
  input: { cartId: string } & AddressInput,
): Promise<AddressSaved> {
  const address = addressInput.parse(input);
  const vatId = address.vatId === '' ? null : vatIdOf(address.vatId);
  const [found, cart] = await readTogether(
    ctx,
    checkoutQuestion(ctx, input.cartId),
    pricedCartQuestion(ctx, input.cartId, { country: address.shippingAddress.country }),
  );
  const live = await reopened(ctx, input.cartId, found);
  const chosen = { ...address, id: live?.id ?? null, shippingOptionId: null, vatId };
  const quote = await quoteFilled(ctx, input.cartId, chosen, cart);
  if (quote.shippingOptions.length === 0) {
    throw new DomainError('no_shipping', `nothing ships to ${address.shippingAddress.country}`, {
      country: address.shippingAddress.country,
    });
  }
  const keepsOption = quote.shippingOptions.some((option) => option.id === live?.shippingOptionId);
  const entered = {
    userId: buyerOf(ctx),
    email: address.email,
    shippingAddress: address.shippingAddress,
    billingAddress: address.billingAddress,
    vatId,
    locale: localeOf(ctx),
    offered: {
      optionIds: quote.shippingOptions.map(({ id }) => id),
      cartVersion: quote.cart.version,
      at: ctx.clock.now().toISOString(),
    },
    // what somebody else wrote here before is not for who takes the cart over
    ...(live !== null && !isOfShopper(ctx, live) ? { note: '', giftMessage: '', payment: null } : {}),
  };
  const isBegun = live === null && (await beginCheckout(ctx, input.cartId, entered));
  if (!isBegun) {
    await change(ctx, input.cartId, live, { ...entered, ...(keepsOption ? {} : { shippingOptionId: null }) });
  }
  // now, not after the card was entered; what was typed is kept
  await showingShortage(ctx, input.cartId, async () => requireStock(quote));
  return { shippingOptions: quote.shippingOptions.map((option) => optionViewOf(option, null)) };
}

/** For how long a way to ship that was offered is taken without another look. */
const OFFERED_SECONDS = 10 * 60;

/** The language of what is written to the buyer: what their browser asks for first, if the shop writes it. */
function localeOf(ctx: Context): 'en' | 'de' {
  return /^de\b/i.test(ctx.origin.languages) ? 'de' : 'en';
}

function vatIdOf(text: string): string {
  const checked = checkVatId(text);
  if (checked) return checked.normalised;
  throw new DomainError('invalid_input', `${text} is no VAT id`, {
    fields: { vatId: 'This cannot be a VAT ID' },
  });
}

/**
 * Chooses how it is sent, and what is written with it.
 *
 * @throws DomainError `cart_empty`, `checkout_closed`, `checkout_incomplete` without an address, `no_shipping` when the option is none of
 *   those quoted
 */
export async function chooseShipping(ctx: Context, input: { cartId: string } & ShippingInput): Promise<void> {
  const { optionId, note, giftMessage } = shippingInput.parse(input);
  const chosen = { shippingOptionId: optionId, note, giftMessage };
  // nearly always: what was offered a moment ago, for the same address and cart; its price is worked out when payment begins
  if (await chooseOffered(ctx, input.cartId, chosen, addSeconds(ctx.clock.now(), -OFFERED_SECONDS))) return;
  const live = await reopen(ctx, input.cartId);
  if (!live?.shippingAddress) {
    throw new DomainError('checkout_incomplete', 'the address is missing', { step: 'address' });
  }
  if (live.shippingOptionId !== optionId || live.frozen === null) {
    const quote = await quoteFilled(ctx, input.cartId, { ...live, shippingOptionId: optionId });
    if (quote.shipping === null) {
      throw new DomainError('no_shipping', `option ${optionId} is not for this cart and address`);
    }
  }
  await change(ctx, input.cartId, live, chosen);
}

/** Changes what was entered. What was frozen is thawed before, unless the change leaves the totals as they are. */
async function change(
  ctx: Context,
  cartId: string,
  live: CheckoutRow | null,
  changes: CheckoutChanges,
): Promise<void> {
  // nearly always: nothing to thaw, nothing to lock
  if (live !== null && live.frozen === null && (await updateUnfrozen(ctx, live.id, changes))) return;
  await ctx.transaction(async (tx) => {
    const checkout = await lockLiveCheckout(tx, cartId);
    const isAddress = changes.shippingAddress !== undefined;
    if (isAddress || checkout.shippingOptionId !== changes.shippingOptionId) await thaw(tx, checkout);
    await updateCheckout(tx, checkout.id, changes);
  });
}

/**
 * Brings a checkout that waits for the bank back to where it can be changed: the shopper has come back from there.
 *
 * @returns the checkout as its shopper may see it; null when there is none yet
 * @throws DomainError `checkout_closed` when it turns out to be placed, or its payment cannot be stopped now
 */
export async function reopen(ctx: Context, cartId: string): Promise<CheckoutRow | null> {
  return reopened(ctx, cartId, await checkoutOfCart(ctx, cartId));
}

async function reopened(
  ctx: Context,
  cartId: string,
  checkout: CheckoutRow | undefined,
): Promise<CheckoutRow | null> {
  if (!checkout) return null;
  if (checkout.status === 'open') return asShopperSees(ctx, checkout);
  if (checkout.status === 'placing') {
    const { outcome } = await settleCheckout(ctx, { checkoutId: checkout.id, givesUp: true });
    const reopened = outcome === 'declined' ? await checkoutOfCart(ctx, cartId) : undefined;
    if (reopened?.status === 'open') return asShopperSees(ctx, reopened);
  }
  throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed, or was`);
}

/** Gives back what was frozen and held, because what it was held for changes. @throws DomainError `checkout_closed` */
async function thaw(tx: TransactionContext, checkout: CheckoutRow): Promise<void> {
  if (checkout.status !== 'open') {
    throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed`);
  }
  if (checkout.frozen === null) return;
  if (checkout.reservationId !== null) await releaseReservation(tx, checkout.reservationId);
  await updateCheckout(tx, checkout.id, { frozen: null, reservationId: null });
}
