import { describe, expect, it } from 'vitest';
import type { Cart, CartLine } from './bff-types.ts';
import { cartWith, type WishedLine } from './cart-drawer.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' }) as const;

const wish: WishedLine = {
  variantId: 'mug',
  handle: 'mug',
  title: 'Mug',
  variantTitle: '',
  image: null,
  unitPrice: usd(1_800),
  quantity: 2,
};

const lineOf = (variantId: string, quantity: number, total: number): CartLine => ({
  ...{ id: variantId, variantId, handle: variantId, title: variantId, variantTitle: '', sku: variantId },
  ...{ image: null, unitPrice: usd(total / quantity), compareAt: null, quantity, maxQuantity: 9 },
  ...{ discounts: [], total: usd(total), promise: 'in_stock', shipsAt: null, problems: [] },
});

const cartOf = (lines: CartLine[]): Cart => {
  const subtotal = usd(lines.reduce((sum, line) => sum + line.total.amount, 0));
  return {
    ...{ id: 'cart', version: 1, currency: 'USD', isTaxIncluded: false, lines, gifts: [], saved: [] },
    ...{ itemCount: lines.reduce((sum, line) => sum + line.quantity, 0), subtotal, discount: usd(0) },
    ...{ discounts: [], codes: [], rejectedCodes: [], near: [], giftCards: [] },
    freeShipping: { from: usd(7_500), missing: usd(7_500 - subtotal.amount) },
    ...{ estimate: null, total: subtotal, due: subtotal, canCheckOut: true },
  };
};

describe('the cart with something on its way into it', () => {
  it('is that alone where there was none', () => {
    expect(cartWith(null, wish, 'mug')).toMatchObject({
      lines: [{ variantId: 'mug', quantity: 2, total: usd(3_600) }],
      itemCount: 2,
      subtotal: usd(3_600),
      freeShipping: null,
      canCheckOut: false,
    });
  });

  it('has a line grown that it held, and first', () => {
    const view = cartWith(cartOf([lineOf('tray', 1, 4_000), lineOf('mug', 1, 1_800)]), wish, 'mug');
    expect(view?.lines.map(({ variantId, quantity, total }) => [variantId, quantity, total.amount])).toEqual([
      ['mug', 3, 5_400],
      ['tray', 1, 4_000],
    ]);
    expect(view).toMatchObject({
      itemCount: 4,
      subtotal: usd(9_400),
      freeShipping: { from: usd(7_500), missing: usd(0) },
    });
  });

  it('is the cart itself once that is in it, or was refused: what was added last comes first', () => {
    const cart = cartOf([lineOf('tray', 1, 4_000), lineOf('mug', 3, 5_400)]);
    const view = cartWith(cart, null, 'mug');
    expect(view?.lines.map(({ variantId }) => variantId)).toEqual(['mug', 'tray']);
    expect(view).toMatchObject({ itemCount: 4, subtotal: cart.subtotal });
    expect(cartWith(null, null, 'mug')).toBeNull();
  });
});
