/**
 * Every refusal of the domain, with the HTTP status that it becomes at the edge. The code is the contract: storefront and
 * API clients choose their sentence by it. Add a line here before throwing a new one.
 */
export const errorRegistry = {
  invalid_input: { status: 400, meaning: 'the input does not have the expected shape' },
  unauthenticated: { status: 401, meaning: 'nobody is known to be asking' },
  reauthentication_required: { status: 403, meaning: 'who asks must prove again who they are' },
  credentials_invalid: {
    status: 401,
    meaning: 'e-mail and password, or the code, do not fit: which of them is not told',
  },
  token_invalid: { status: 404, meaning: 'the link or step is used up, too old, or none of ours' },
  password_refused: {
    status: 422,
    meaning: 'the password cannot be taken: data.reason is too_short, too_long or too_common',
  },
  oauth_denied: { status: 403, meaning: 'who would log in said no at the provider' },
  oauth_failed: { status: 503, meaning: 'the provider is away, or what it says cannot be trusted' },
  oauth_email_unverified: { status: 422, meaning: 'the provider vouches for no e-mail address' },
  oauth_account_taken: { status: 409, meaning: "the provider's account belongs to another of ours" },
  oauth_link_mismatch: {
    status: 409,
    meaning: 'the connection was begun for another e-mail address than that of who is logged in',
  },
  last_login_method: { status: 409, meaning: 'without it nobody could log in to the account any more' },
  name_taken: { status: 409, meaning: 'another of theirs has this name already' },
  limit_reached: { status: 409, meaning: 'there are as many as there may be: data.limit' },
  forbidden: { status: 403, meaning: 'who asks may not do this' },
  not_found: { status: 404, meaning: 'there is no such thing, or not for who asks' },
  not_sold_here: { status: 404, meaning: 'it has no price in the region where who asks shops' },
  moved: { status: 409, meaning: 'the thing lives under another slug now: data.slug' },
  conflict: { status: 409, meaning: 'somebody else changed it at the same time' },
  product_unavailable: { status: 409, meaning: 'the variant is not for sale' },
  out_of_stock: { status: 409, meaning: 'fewer units than asked for: data.variantId, data.available' },
  quantity_limit: { status: 422, meaning: 'more units than one line may hold: data.limit' },
  cart_empty: { status: 409, meaning: 'there is nothing to check out' },
  cart_changed: { status: 409, meaning: 'prices or stock changed: the shopper must look again' },
  checkout_incomplete: { status: 409, meaning: 'a step before this one is missing: data.step' },
  checkout_closed: { status: 409, meaning: 'the checkout is placed or cancelled' },
  totals_changed: { status: 409, meaning: 'the totals are not those the shopper agreed to' },
  no_shipping: { status: 422, meaning: 'nothing ships to this address' },
  promotion_exhausted: {
    status: 409,
    meaning: 'no use is left of a promotion: data.promotionId, data.code where one was entered',
  },
  gift_card_invalid: {
    status: 422,
    meaning: 'the code is none of a gift card that can be spent: data.reason',
  },
  code_unknown: { status: 422, meaning: 'no promotion and no gift card has this code: data.code' },
  gift_card_short: { status: 409, meaning: 'less is left on the gift card: data.last4, data.balance' },
  code_taken: { status: 409, meaning: 'another promotion has the code: data.code' },
  payment_declined: { status: 402, meaning: 'the bank refused: data.reason' },
  method_unavailable: { status: 409, meaning: 'this way to pay is not open for these things: data.method' },
  payment_mismatch: { status: 409, meaning: 'the payment is not the one of this checkout' },
  signature_invalid: { status: 400, meaning: 'the signature does not fit the content' },
  rate_limited: { status: 429, meaning: 'too many requests: data.retryAfterSeconds' },
  overloaded: {
    status: 503,
    meaning: 'more is asked than can be served at the moment; try again soon: data.retryAfterSeconds',
  },
  unavailable: { status: 503, meaning: 'a service that is needed is down; try again soon' },
} as const;

export type ErrorCode = keyof typeof errorRegistry;

/** An expected refusal. `message` is for developers; the sentence that a shopper reads is chosen by `code`. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, data: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
    this.data = data;
  }

  /** The HTTP status of its code. */
  get status(): number {
    return errorRegistry[this.code].status;
  }
}

/** Tells whether a caught value is the refusal `code`. */
export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}
