import { createContext, useContext } from 'react';
import type { Cart, Money, Picture } from './bff-types.ts';

/** Something that is on its way into the cart. */
export interface WishedLine {
  readonly variantId: string;
  readonly handle: string;
  readonly title: string;
  /** Empty where there is one of a kind. */
  readonly variantTitle: string;
  readonly image: Picture | null;
  readonly unitPrice: Money;
  readonly quantity: number;
}

/** What opens the drawer. */
export interface CartWish {
  readonly line: WishedLine;
  /** The fetcher that takes it to the cart. */
  readonly fetcherKey: string;
  /** What that fetcher answered last: anything else is the answer to this wish. */
  readonly before: unknown;
  /** Where the focus goes back to. */
  readonly opener: HTMLElement | null;
}

/** What a form that adds to the cart answers to the drawer. */
export interface WishAnswer {
  /** Null when it is in the cart. */
  readonly error: string | null;
}

export const CartDrawerContext = createContext<(wish: CartWish) => void>(() => {});

/** Opens the drawer of the cart: call it as a form is sent that adds to the cart. */
export function useCartDrawer(): (wish: CartWish) => void {
  return useContext(CartDrawerContext);
}

/** A line as the drawer shows it. */
export interface DrawerLine extends Omit<WishedLine, 'unitPrice'> {
  readonly total: Money;
}

export interface DrawerView {
  readonly lines: readonly DrawerLine[];
  readonly itemCount: number;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly freeShipping: Cart['freeShipping'];
  readonly canCheckOut: boolean;
}

/**
 * The cart as it will be with a wish in it, before the server has said so: what was added last comes first. What promotions make of it is
 * the server's to say.
 *
 * @param cart as it is known; null for none
 * @param wish null once it is in the cart, or was refused
 */
export function cartWith(cart: Cart | null, wish: WishedLine | null, latestId: string): DrawerView | null {
  const currency = cart?.currency ?? wish?.unitPrice.currency;
  if (currency === undefined) return null;
  const more = wish ? wish.unitPrice.amount * wish.quantity : 0;
  const plus = (money: Money | undefined, amount: number): Money => ({
    amount: Math.max(0, (money?.amount ?? 0) + amount),
    currency,
  });
  const lines: DrawerLine[] = (cart?.lines ?? []).map((line) => ({ ...line }));
  const at = lines.findIndex(({ variantId }) => variantId === latestId);
  const [latest] = at === -1 ? [] : lines.splice(at, 1);
  const grown = wish
    ? { ...wish, quantity: wish.quantity + (latest?.quantity ?? 0), total: plus(latest?.total, more) }
    : latest;
  return {
    lines: grown ? [grown, ...lines] : lines,
    itemCount: (cart?.itemCount ?? 0) + (wish?.quantity ?? 0),
    subtotal: plus(cart?.subtotal, more),
    discount: plus(cart?.discount, 0),
    freeShipping: cart?.freeShipping
      ? { ...cart.freeShipping, missing: plus(cart.freeShipping.missing, -more) }
      : null,
    canCheckOut: cart?.canCheckOut ?? false,
  };
}
