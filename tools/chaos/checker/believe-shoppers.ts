import type { Breach, OrderFacts } from './model.ts';

/** What a shopper was told. */
export interface Witness {
  readonly email: string;
  readonly ended: string;
  readonly why: string;
  readonly orders: readonly { readonly number: string }[];
}

/** Whoever was told of an order has it, and just one; nobody was told what makes no sense. Pure. */
export function believeShoppers(
  witnesses: readonly Witness[],
  orders: readonly Pick<OrderFacts, 'number' | 'email'>[],
): Breach[] {
  const emails = new Map(orders.map(({ number, email }) => [number, email]));
  return witnesses.flatMap(({ email, ended, why, orders: told }) => {
    const lost = told.filter(({ number }) => emails.get(number) !== email);
    const numbers = told.map(({ number }) => number).join(', ');
    const breaches = lost.map(({ number }) => ({
      claim: 'no order is lost that a shopper was told of',
      subject: number,
      detail: `told to ${email}`,
    }));
    if (told.length > 1) {
      breaches.push({ claim: 'a shopper is told of one order', subject: email, detail: numbers });
    }
    if (ended === 'startled') {
      breaches.push({ claim: 'the shop answers what it promises', subject: email, detail: why });
    }
    return breaches;
  });
}
