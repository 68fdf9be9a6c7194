import fc from 'fast-check';
import { shareOf } from '../../kernel/index.ts';
import type { OrderHappening } from '../history.ts';
import { type OrderDraft, paymentMethods } from '../order-draft.ts';

type Draft = Omit<OrderDraft, 'checkoutId' | 'reservationId'>;

const RATE = 190_000;

type Wares = Pick<Draft['lines'][number], 'variantId' | 'productId' | 'sellerId' | 'handle'>;
/** Adds up the sums of an order, as `plainDraft` of the tests does. */
type Complete = (wares: Wares, changes: Partial<OrderDraft>) => Draft;

/** Orders of all kinds: with and without tax in the price, discounts, gifts, gift cards, promises, every way to pay. */
export function anyDraft(wares: Wares, complete: Complete): fc.Arbitrary<Draft> {
  return fc
    .record({
      pricesIncludeTax: fc.boolean(),
      lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
      shippingAmount: fc.constantFrom(0, 490, 1_299),
      giftCardShare: fc.constantFrom(0, 0, 0.3, 1),
      method: fc.constantFrom(...paymentMethods),
      isPaid: fc.boolean(),
      text: fc.constantFrom('', 'Grüße & <b>€</b>', '[1,2]', '{"a":1}', '{', 'null'),
      locale: fc.constantFrom('en' as const, 'de' as const),
      hasPickup: fc.boolean(),
    })
    .map(({ lines, giftCardShare, method, isPaid, text, hasPickup, ...chosen }) => {
      const draft = complete(wares, {
        ...chosen,
        note: text,
        giftMessage: text,
        vatId: text === '' ? null : 'DE136695976',
        regionCode: 'eu',
        currency: 'EUR',
        lines: lines.map((line, index) => lineOf(line, index, wares, chosen.pricesIncludeTax)),
      });
      const giftCardAmount = Math.floor(draft.totalAmount * giftCardShare);
      const dueAmount = draft.totalAmount - giftCardAmount;
      return {
        ...draft,
        taxes: draft.taxAmount === 0 ? [] : [{ name: 'VAT', ratePpm: RATE, amount: draft.taxAmount }],
        promotions:
          draft.discountAmount === 0
            ? []
            : [
                {
                  promotionId: 'p',
                  code: 'MAY',
                  label: 'May sale',
                  amount: draft.discountAmount,
                  on: 'items' as const,
                },
              ],
        giftCards:
          giftCardAmount === 0
            ? []
            : [{ giftCardId: '01900000-0000-7000-8000-000000000001', last4: 'AB12', amount: giftCardAmount }],
        giftCardAmount,
        payment: {
          method:
            dueAmount === 0 ? ('gift_card' as const) : method === 'gift_card' ? ('card' as const) : method,
          status:
            dueAmount === 0
              ? ('paid' as const)
              : method === 'card'
                ? ('authorised' as const)
                : isPaid
                  ? ('paid' as const)
                  : ('awaiting' as const),
          detail: method === 'card' ? { type: 'card', brand: 'visa', last4: '4242' } : null,
          dueAmount,
        },
        shippingMethod: {
          code: 'standard',
          kind: hasPickup ? ('pickup' as const) : ('delivery' as const),
          name: 'Standard',
          minDays: 1,
          maxDays: 3,
          earliest: '2026-03-02',
          latest: '2026-03-05',
          pickup: hasPickup
            ? { name: 'Souk am Markt', address: draft.shippingAddress, hours: ['Mon–Fri 9–18'] }
            : null,
        },
      };
    });
}

const anyLine = fc.record({
  kind: fc.constantFrom('item' as const, 'item' as const, 'gift' as const),
  quantity: fc.integer({ min: 1, max: 5 }),
  unitAmount: fc.integer({ min: 0, max: 20_000 }),
  discountShare: fc.constantFrom(0, 0, 0.15),
  promise: fc.constantFrom('in_stock' as const, 'backorder' as const, 'preorder' as const),
  hasPicture: fc.boolean(),
});
type AnyLine = typeof anyLine extends fc.Arbitrary<infer Line> ? Line : never;

function lineOf(
  line: AnyLine,
  index: number,
  wares: Wares,
  pricesIncludeTax: boolean,
): Draft['lines'][number] {
  const gross = line.unitAmount * line.quantity;
  const discountAmount = line.kind === 'gift' ? gross : Math.floor(gross * line.discountShare);
  const taxed = gross - discountAmount;
  const onTop = shareOf(taxed, RATE);
  return {
    ...wares,
    kind: line.kind,
    sku: `SKU-${index}`,
    title: `Thing ${index}`,
    variantTitle: index % 2 === 0 ? '' : 'Blue, M',
    image: line.hasPicture
      ? { key: 'a', alt: '', width: 10, height: 20, colour: '#aabbcc', widths: [320] }
      : null,
    quantity: line.quantity,
    unitAmount: line.unitAmount,
    discountAmount,
    discounts: discountAmount === 0 ? [] : [{ promotionId: 'p', label: 'May sale', amount: discountAmount }],
    taxAmount: pricesIncludeTax ? taxed - Math.round((taxed * 1_000_000) / (1_000_000 + RATE)) : onTop,
    taxRatePpm: RATE,
    promise: line.promise,
    shipsAt: line.promise === 'in_stock' ? null : '2026-05-01T00:00:00.000Z',
  };
}

/** Things that may happen to an order after it was created, sensible or not. */
export function anyHappening(total: number): fc.Arbitrary<OrderHappening> {
  const amount = fc.oneof(fc.constant(Math.max(1, total)), fc.integer({ min: 1, max: Math.max(1, total) }));
  const reference = fc.constantFrom('r1', 'r2', 'r3', 'r4');
  return fc.oneof(
    amount.map((of): OrderHappening => ({ type: 'PAYMENT_AUTHORIZED', data: { amount: of } })),
    fc.constant<OrderHappening>({ type: 'PAYMENT_AWAITED', data: { dueAt: '2026-03-08T12:00:00.000Z' } }),
    fc.constant<OrderHappening>({ type: 'PAYMENT_REMINDED', data: {} }),
    amount.map((of): OrderHappening => ({ type: 'PAYMENT_CAPTURED', data: { amount: of } })),
    fc.tuple(amount, reference).map(
      ([of, requestId]): OrderHappening => ({
        type: 'PAYMENT_RECEIVED',
        data: { amount: of, reference: 'SK-1', requestId },
      }),
    ),
    fc.constant<OrderHappening>({ type: 'PAYMENT_VOIDED', data: {} }),
    fc
      .tuple(amount, reference)
      .map(
        ([of, refundId]): OrderHappening => ({ type: 'PAYMENT_REFUNDED', data: { amount: of, refundId } }),
      ),
    fc
      .tuple(amount, reference)
      .map(([of, refundId]): OrderHappening => ({ type: 'REFUND_FAILED', data: { amount: of, refundId } })),
    fc.tuple(amount, fc.constantFrom('d1', 'd2')).map(
      ([of, disputeId]): OrderHappening => ({
        type: 'PAYMENT_DISPUTED',
        data: { amount: of, disputeId, reason: 'fraudulent' },
      }),
    ),
    fc.tuple(fc.constantFrom('d1', 'd2'), fc.constantFrom('won' as const, 'lost' as const)).map(
      ([disputeId, outcome]): OrderHappening => ({
        type: 'DISPUTE_CLOSED',
        data: { disputeId, outcome },
      }),
    ),
    fc.constant<OrderHappening>({
      type: 'ORDER_CANCELLED',
      data: { reason: 'requested', by: 'buyer', requestId: null },
    }),
    fc.constant<OrderHappening>({
      type: 'ORDER_ATTACHED',
      data: { userId: '01900000-0000-7000-8000-000000000002' },
    }),
    fc.constant<OrderHappening>({ type: 'ORDER_ANONYMISED', data: {} }),
  );
}
