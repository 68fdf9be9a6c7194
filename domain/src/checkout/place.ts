import { closingOf, markClosing } from '../cart/index.ts';
import { allocateReservation, reserveStock } from '../inventory/index.ts';
import type { Context, CurrencyCode, TransactionContext, Write } from '../kernel/index.ts';
import { createOrder } from '../orders/index.ts';
import {
  abandonIntent,
  acceptedNote,
  authorisedNote,
  type IntentState,
  offlineNote,
} from '../payments/index.ts';
import { customerKeysOf, holdRedemptions, useRedemptions as spendRedemptions } from '../promotions/index.ts';
import { attemptOf } from './attempt.ts';
import { type CheckoutRow, destinationOf } from './checkout-rows.ts';
import { checkoutUpdate } from './checkout-updates.ts';
import { type FrozenCheckout, unitsOf } from './frozen.ts';
import type { PayableMethod } from './model.ts';

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
}

/** What pays for an order: money that the bank holds, or a promise. */
export type Means =
  | { readonly method: 'card'; readonly intent: IntentState }
  | { readonly method: Exclude<PayableMethod, 'card' | 'hosted'> | 'gift_card'; readonly intent: null };

/** Units that belong to an order which is not made yet, and a number that was drawn for it. */
export interface Allocated {
  readonly reservationId: string;
  readonly serial: number;
}

/**
 * Makes the order of a checkout that the caller has locked: stock, codes and gift cards that were held for it become the order's, the cart
 * is closed, and the checkout is placed. What lapsed meanwhile is held anew, if there is any. The last that its transaction does.
 *
 * @param allocated units that are the order's already
 * @throws DomainError `out_of_stock`, `promotion_exhausted`, `gift_card_short`
 */
export async function place(
  tx: TransactionContext,
  checkout: CheckoutRow,
  means: Means,
  allocated?: Allocated,
): Promise<PlacedOrder> {
  const { frozen, email, shippingAddress, cartId } = checkout;
  if (frozen === null || email === null || shippingAddress === null || cartId === null) {
    throw new Error(`checkout ${checkout.id} was frozen without what an order needs`);
  }
  const reservationId = allocated?.reservationId ?? (await allocate(tx, checkout, cartId));
  const redeems = frozen.promotions.length > 0 || frozen.giftCards.length > 0;
  if (redeems) await holdRedemptions(tx, redemptionsOf(tx, checkout, frozen));
  const { tax, shipping, cartVersion: _of, ...totals } = frozen;
  const bought = { cartId, userId: checkout.userId };
  // the bank may be answering to an earlier try in another tab: it must not hold money for an order that is paid otherwise
  const abandoned = means.intent === null ? checkout.intentId : null;
  await markClosing(tx, bought);
  tx.afterCommit(() => tellPlaced(tx, frozen, means));
  const order = await createOrder(
    tx,
    {
      ...totals,
      checkoutId: checkout.id,
      reservationId,
      userId: checkout.userId,
      email,
      locale: checkout.locale === 'de' ? 'de' : 'en',
      shippingAmount: shipping.amount,
      shippingDiscountAmount: shipping.discountAmount,
      taxAmount: tax.amount,
      taxes: tax.breakdown,
      payment: {
        method: means.method,
        status: statusOf(means),
        detail: means.intent?.detail ?? checkout.payment?.detail ?? null,
        dueAmount: frozen.dueAmount,
      },
      shippingAddress,
      billingAddress: checkout.billingAddress ?? shippingAddress,
      vatId: checkout.vatId,
      shippingMethod: shipping,
      note: checkout.note,
      giftMessage: checkout.giftMessage,
    },
    {
      ...(allocated === undefined ? {} : { serial: allocated.serial }),
      andCommit: abandoned === null && !redeems,
      others: (orderId) => [
        closingOf(tx, bought),
        placedUpdate(tx, checkout, reservationId, means),
        ...moneyNotes(tx, checkout, means, { orderId, amount: frozen.dueAmount, currency: frozen.currency }),
      ],
    },
  );
  if (abandoned !== null) await abandonIntent(tx, abandoned);
  if (redeems) await spendRedemptions(tx, { checkoutId: checkout.id, orderId: order.id });
  return order;
}

function tellPlaced({ observe }: TransactionContext, frozen: FrozenCheckout, means: Means): void {
  const { currency, totalAmount: amount } = frozen;
  observe.orderPlaced({ currency, method: means.method, amount });
  if (means.intent !== null) observe.paymentEnded('authorized');
}

/** How the order is paid, or is going to be. */
function moneyNotes(
  tx: TransactionContext,
  checkout: CheckoutRow,
  means: Means,
  due: { orderId: string; amount: number; currency: CurrencyCode },
): readonly Write[] {
  const order = { ...due, checkoutId: checkout.id };
  if (means.intent === null) return [offlineNote(tx, { ...order, method: means.method })];
  return [
    authorisedNote(tx, { ...means.intent, ...order }),
    // tries that the bank agreed to count no longer against who pays
    acceptedNote(tx, attemptOf(checkout)),
  ];
}

function placedUpdate(
  tx: TransactionContext,
  { id, userId, attempt }: CheckoutRow,
  reservationId: string,
  { intent }: Means,
): Write {
  return checkoutUpdate(tx, id, {
    status: 'placed',
    userId,
    attempt,
    reservationId,
    placingSince: null,
    error: null,
    intentId: intent?.intentId ?? null,
  });
}

function statusOf(means: Means): 'authorised' | 'awaiting' | 'paid' {
  if (means.intent !== null) return 'authorised';
  return means.method === 'gift_card' ? 'paid' : 'awaiting';
}

/** What a checkout takes of limited codes and of gift cards. */
export function redemptionsOf(
  ctx: Context,
  checkout: CheckoutRow,
  frozen: FrozenCheckout,
): Parameters<typeof holdRedemptions>[1] {
  return {
    checkoutId: checkout.id,
    currency: frozen.currency,
    customerKeys: customerKeysOf(ctx, checkout),
    promotions: frozen.promotions.map(({ promotionId, code, amount }) => ({
      promotionId,
      code,
      amount,
    })),
    giftCards: frozen.giftCards.map(({ giftCardId, amount }) => ({ giftCardId, amount })),
  };
}

/** The units of the order: those held for it, or, when they lapsed, others if there are any. */
async function allocate(tx: TransactionContext, checkout: CheckoutRow, cartId: string): Promise<string> {
  if (checkout.reservationId !== null && (await allocateReservation(tx, checkout.reservationId))) {
    return checkout.reservationId;
  }
  const lines = checkout.frozen ? unitsOf(checkout.frozen) : [];
  const renewed = await reserveStock(tx, { holderId: cartId, lines, destination: destinationOf(checkout) });
  await allocateReservation(tx, renewed.id);
  return renewed.id;
}
