import type { Breach, OrderFacts } from './model.ts';

/** Whoever was told of an order has it, and just one. Pure. */
export function ordersToldAreThere(
  visits: readonly { email: string; orders: readonly { number: string }[] }[],
  orders: readonly Pick<OrderFacts, 'number' | 'email'>[],
): Breach[] {
  const emails = new Map(orders.map(({ number, email }) => [number, email]));
  return visits.flatMap(({ email, orders: told }) => {
    const lost = told.filter(({ number }) => emails.get(number) !== email);
    return [
      ...lost.map(({ number }) => ({
        claim: 'no order is lost that a shopper was told of',
        subject: number,
        detail: `told to ${email}`,
      })),
      ...(told.length > 1
        ? [
            {
              claim: 'a shopper is told of one order',
              subject: email,
              detail: told.map(({ number }) => number).join(', '),
            },
          ]
        : []),
    ];
  });
}
