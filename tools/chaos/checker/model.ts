/** Something that must not be, with what names it. */
export interface Breach {
  readonly claim: string;
  /** Ids that lead to it: an order's number, an intent, a checkout. */
  readonly subject: string;
  readonly detail: string;
}

/** A payment intent as the provider's books have it, its charges and refunds summed up. Amounts in minor units. */
export interface ProviderIntent {
  readonly id: string;
  readonly status: string;
  readonly checkoutId: string | null;
  readonly orderId: string | null;
  readonly currency: string;
  readonly amount: number;
  /** What the bank holds and nobody took. */
  readonly held: number;
  readonly captured: number;
  /** What went back of `captured`. */
  readonly refunded: number;
  /** How often the bank agreed to a charge. */
  readonly charges: number;
}

export interface OrderFacts {
  readonly id: string;
  readonly number: string;
  readonly email: string;
  readonly checkoutId: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly currency: string;
  /** What is left to pay after gift cards. */
  readonly dueAmount: number;
  readonly reservation: { readonly status: string; readonly matchesLines: boolean } | null;
}

export interface PaymentFacts {
  readonly orderId: string | null;
  readonly checkoutId: string;
  readonly method: string;
  readonly status: string;
  readonly intentId: string | null;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
}

export interface CheckoutFacts {
  readonly id: string;
  readonly status: string;
}

/** The shop's side, read in one snapshot. */
export interface ShopBooks {
  readonly orders: readonly OrderFacts[];
  readonly payments: readonly PaymentFacts[];
  readonly checkouts: readonly CheckoutFacts[];
}
