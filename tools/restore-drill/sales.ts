import { aCard, enterInElement, fillCart, type TestDomain } from '@souk/domain/testing';
import { buy } from '../race/buyers.ts';

/** What a shopper was told, by the clock of this machine. */
export interface Sale {
  readonly cartId: string;
  /** Before the order was asked for: nothing of it was in the books then. */
  readonly askedAt: Date;
  /** After the shop had said that it is placed: from then on it may not be lost. */
  readonly acknowledgedAt: Date;
}

export interface Sales {
  readonly sold: readonly Sale[];
  /** Lets those who are at it finish. */
  close(): Promise<void>;
}

/** Lets some shoppers buy one thing after another until closed. @throws on close, when an order was refused */
export function openSales(shop: TestDomain, variantId: string, shoppers: number): Sales {
  const sold: Sale[] = [];
  let isOpen = true;
  const shopping = Array.from({ length: shoppers }, async () => {
    while (isOpen) {
      const cartId = await fillCart(shop.ctx, variantId);
      const card = await enterInElement(shop.ctx, { card: aCard() });
      const askedAt = new Date();
      const outcome = await buy(shop, cartId, card);
      if (outcome !== 'placed') throw new Error(`an order was not placed: ${outcome}`);
      sold.push({ cartId, askedAt, acknowledgedAt: new Date() });
    }
  });
  return {
    sold,
    async close() {
      isOpen = false;
      await Promise.all(shopping);
    },
  };
}
