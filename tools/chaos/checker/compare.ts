import type { Breach, OrderFacts, PaymentFacts, ProviderIntent, ShopBooks } from './model.ts';

interface Ledger {
  readonly shop: ShopBooks;
  readonly intents: ReadonlyMap<string, ProviderIntent>;
  readonly orders: ReadonlyMap<string, OrderFacts>;
  readonly paymentOfOrder: ReadonlyMap<string, PaymentFacts>;
  readonly paymentOfIntent: ReadonlyMap<string, PaymentFacts>;
}

type Rule = (ledger: Ledger) => Breach[];

/**
 * Compares the shop's books with the provider's, once all work is done: nothing is under way any more, so that whatever does not fit is
 * a breach. Pure. It leans on none of the code that keeps the books, so that it finds that code's mistakes.
 *
 * @param options.sharesProvider others use the provider too: what it has for checkouts that this shop does not know is theirs
 */
export function compareShopWithProvider(
  shop: ShopBooks,
  intents: readonly ProviderIntent[],
  options: { sharesProvider?: boolean } = {},
): Breach[] {
  const known = new Set([...shop.checkouts, ...shop.orders].map(({ id }) => id));
  const isOurs = ({ checkoutId, orderId }: ProviderIntent) =>
    (checkoutId !== null && known.has(checkoutId)) || (orderId !== null && known.has(orderId));
  const ledger: Ledger = {
    shop,
    intents: new Map(
      intents.filter((intent) => !options.sharesProvider || isOurs(intent)).map((each) => [each.id, each]),
    ),
    orders: new Map(shop.orders.map((order) => [order.id, order])),
    paymentOfOrder: new Map(shop.payments.map((payment) => [payment.orderId ?? '', payment])),
    paymentOfIntent: new Map(shop.payments.map((payment) => [payment.intentId ?? '', payment])),
  };
  return rules.flatMap((rule) => rule(ledger));
}

const kept = ({ held, captured, refunded }: ProviderIntent) => held + captured - refunded;

/** Money that the provider keeps belongs to one order that stands, and is its very sum. */
const moneyHasItsOrder: Rule = ({ intents, orders, paymentOfIntent }) =>
  [...intents.values()].flatMap((intent) => {
    const payment = paymentOfIntent.get(intent.id);
    const order = orders.get(payment?.orderId ?? '');
    const breach = (claim: string, detail: string): Breach[] => [
      { claim, subject: `${intent.id} of ${intent.checkoutId ?? intent.orderId}`, detail },
    ];
    if (!order || order.status === 'cancelled') {
      if (kept(intent) === 0) return [];
      const whose = order ? `order ${order.number} is cancelled` : 'it has no order';
      return breach('nobody is charged without an order', `${kept(intent)} ${intent.currency}: ${whose}`);
    }
    const belongs = intent.checkoutId === order.checkoutId || intent.orderId === order.id;
    if (!belongs) return breach('money pays for what it was asked for', `it pays for order ${order.number}`);
    if (intent.amount !== order.dueAmount || intent.currency !== order.currency) {
      const asked = `${order.dueAmount} ${order.currency}`;
      return breach('an order costs what was asked for', `${intent.amount} ${intent.currency}, not ${asked}`);
    }
    return [];
  });

/** Of all that was asked for one checkout or one order, one payment at most keeps money, and that took it once. */
const nobodyPaysTwice: Rule = ({ intents, orders }) => {
  const paying = [...intents.values()].filter((intent) => kept(intent) > 0);
  const checkoutOf = (intent: ProviderIntent) =>
    intent.checkoutId ?? orders.get(intent.orderId ?? '')?.checkoutId ?? intent.id;
  const twice = [...Map.groupBy(paying, checkoutOf)].filter(([, same]) => same.length > 1);
  const overcharged = paying.filter((intent) => intent.charges > 1 || intent.captured > intent.amount);
  return [
    ...twice.map(([checkoutId, same]) => ({
      claim: 'nobody is charged twice',
      subject: `checkout ${checkoutId}`,
      detail: same.map((intent) => `${intent.id} keeps ${kept(intent)} ${intent.currency}`).join(', '),
    })),
    ...overcharged.map((intent) => ({
      claim: 'nobody is charged twice',
      subject: intent.id,
      detail: `${intent.charges} charges, ${intent.captured} taken of ${intent.amount}`,
    })),
  ];
};

/** What an order says of its money is what there is. */
const ordersHaveTheirMoney: Rule = ({ shop, intents, paymentOfOrder }) =>
  shop.orders.flatMap((order) => {
    const payment = paymentOfOrder.get(order.id);
    const intent = intents.get(payment?.intentId ?? '');
    const detail = payment && differenceOf(order, payment, intent);
    if (payment && detail === undefined) return [];
    return [
      {
        claim: 'each order has its money, or awaits it',
        subject: `order ${order.number} (${order.status}, ${order.paymentStatus})`,
        detail: detail ?? 'it has no payment',
      },
    ];
  });

function differenceOf(
  order: OrderFacts,
  payment: PaymentFacts,
  intent: ProviderIntent | undefined,
): string | undefined {
  if (payment.intentId !== null && !intent) return `the provider knows no ${payment.intentId}`;
  if (order.status === 'cancelled') {
    const open = payment.capturedAmount - payment.refundedAmount;
    return open === 0 ? undefined : `${open} were not given back`;
  }
  switch (order.paymentStatus) {
    case 'awaiting':
      return payment.status === 'awaiting' ? undefined : `its payment is ${payment.status}`;
    case 'authorised':
      return 'its money was never taken';
    case 'voided':
      return 'its money was let go';
    default:
      if (payment.status !== 'captured') return `its payment is ${payment.status}`;
      if (!intent) return undefined;
      if (intent.captured !== payment.capturedAmount) {
        return `the provider took ${intent.captured}, and not ${payment.capturedAmount}`;
      }
      return intent.refunded === payment.refundedAmount
        ? undefined
        : `the provider gave ${intent.refunded} back, and not ${payment.refundedAmount}`;
  }
}

const nothingIsLeftHalfDone: Rule = ({ shop }) =>
  shop.checkouts
    .filter(({ status }) => status === 'placing')
    .map(({ id }) => ({
      claim: 'no checkout is left placing',
      subject: `checkout ${id}`,
      detail: 'nobody finished or undid it',
    }));

/** Units leave the stock for orders that stand, and come back from those that were called off. */
const ordersHaveTheirUnits: Rule = ({ shop }) =>
  shop.orders.flatMap((order) => {
    const wanted = order.status === 'cancelled' ? 'released' : 'allocated';
    const { reservation } = order;
    if (reservation?.status === wanted && reservation.matchesLines) return [];
    const found = reservation ? reservation.status : 'missing';
    const detail = reservation?.matchesLines === false ? 'it reserves other units than it sold' : found;
    return [{ claim: `the units of an order are ${wanted}`, subject: `order ${order.number}`, detail }];
  });

const oneOrderForACheckout: Rule = ({ shop }) =>
  [...Map.groupBy(shop.orders, ({ checkoutId }) => checkoutId)]
    .filter(([, orders]) => orders.length > 1)
    .map(([checkoutId, orders]) => ({
      claim: 'a checkout becomes one order',
      subject: `checkout ${checkoutId}`,
      detail: orders.map(({ number }) => number).join(', '),
    }));

const rules: readonly Rule[] = [
  moneyHasItsOrder,
  nobodyPaysTwice,
  ordersHaveTheirMoney,
  nothingIsLeftHalfDone,
  ordersHaveTheirUnits,
  oneOrderForACheckout,
];
