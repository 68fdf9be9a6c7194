/** What a refusal is told with: its code, and the data that came along. */
export interface Refused {
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const sentences = new Map(
  Object.entries({
    invalid_input: 'Something in the form does not fit. Check the marked fields and send it again.',
    credentials_invalid: 'E-mail and password do not fit together. Check both, then try again.',
    unauthenticated: 'You are not logged in any more. Log in, then try again.',
    forbidden: 'Your account may not do this.',
    not_found: 'This is no longer here. Reload the page to see what is.',
    conflict: 'Something changed at the same moment. Look at the page again, then retry.',
    product_unavailable: 'This is no longer for sale. Choose another option, or look at what is similar.',
    cart_empty: 'Your cart is empty. Put something in it first.',
    cart_changed: 'Prices or stock changed since you last looked. Check your cart, then go on.',
    checkout_incomplete: 'A step before this one is still missing. Fill it in, then go on.',
    checkout_closed:
      'This checkout is finished. Look for its order in your mail, or start anew from your cart.',
    totals_changed:
      'The total changed since you last saw it. Nothing was charged. Check the new total, then place the order.',
    name_taken: 'You have one of this name already. Choose another name.',
    method_unavailable: 'This way to pay is not open for your order. Choose another one.',
    gift_card_invalid: 'This gift card cannot be used. Check its code.',
    no_shipping: 'We cannot ship to this address. Try another address.',
    payment_mismatch:
      'This payment does not belong to your order. Nothing was charged. Start the payment again.',
    token_invalid: 'This link no longer works: it was used, or it is too old. Ask for a new one.',
    rate_limited: 'That was a lot at once. Wait a few seconds, then try again.',
    unavailable: 'The shop is briefly out of reach. Nothing was lost: try again in a few seconds.',
  }),
);

const fallback = 'That did not work, and it is our fault. Nothing was charged. Try again in a moment.';

/** The sentence for a refusal of the bff: what happened, and what to do next. */
export function messageFor(refused: Refused): string {
  const { code, data = {} } = refused;
  if (code === 'out_of_stock') {
    const left = typeof data.available === 'number' ? data.available : 0;
    if (left <= 0) return 'This just sold out. Choose another option, or come back later.';
    return `Only ${left} left. Choose ${left === 1 ? 'one' : `${left} or fewer`}, counting what is in your cart already.`;
  }
  if (code === 'quantity_limit') {
    const limit = typeof data.limit === 'number' ? data.limit : 99;
    return `One order can hold ${limit} of these at most. Choose fewer.`;
  }
  if (code === 'limit_reached') {
    const limit = typeof data.limit === 'number' ? `${data.limit} ` : '';
    return `You have as many as we can keep: ${limit}is the most. Remove one first.`;
  }
  if (code === 'password_refused') return passwordMessage(data.reason);
  if (code === 'rate_limited' && typeof data.retryAfterSeconds === 'number' && data.retryAfterSeconds > 10)
    return `That was too often. Wait ${durationOf(data.retryAfterSeconds)}, then try again.`;
  if (code === 'payment_declined') return declineMessage(typeof data.reason === 'string' ? data.reason : '');
  return sentences.get(code) ?? fallback;
}

function passwordMessage(reason: unknown): string {
  if (reason === 'too_short') return 'This password is too short. Choose one of at least 8 characters.';
  if (reason === 'too_long') return 'This password is too long. Choose one of at most 128 characters.';
  return 'This password is among the first that anybody would try. Choose another: a few words in a row are good.';
}

function durationOf(seconds: number): string {
  if (seconds <= 90) return `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

const declines = new Map(
  Object.entries({
    card_declined: 'Your bank declined the card. Try another card, or ask your bank why.',
    generic_decline: 'Your bank declined the card. Try another card, or ask your bank why.',
    do_not_honor: 'Your bank declined the card. Try another card, or ask your bank why.',
    insufficient_funds: 'There is not enough money on the card. Try another card.',
    expired_card: 'The card has expired. Try another card.',
    incorrect_cvc: 'The security code does not fit the card. Check the three or four digits and try again.',
    invalid_cvc: 'The security code does not fit the card. Check the three or four digits and try again.',
    incorrect_number: 'The card number is not right. Check it and try again.',
    invalid_number: 'The card number is not right. Check it and try again.',
    invalid_expiry_month: 'The expiry month is not right. Check it and try again.',
    invalid_expiry_year: 'The expiry year is not right. Check it and try again.',
    incorrect_zip: 'The postcode does not fit the card. Check your billing address and try again.',
    processing_error: 'The bank could not process the card just now. Wait a moment, then try again.',
    authentication_required: 'Your bank wants to confirm that it is you. Pay again and follow its steps.',
    authentication_failed: 'Your bank could not confirm that it is you. Try again, or use another card.',
    payment_intent_authentication_failure:
      'Your bank could not confirm that it is you. Try again, or use another card.',
    setup_intent_authentication_failure:
      'Your bank could not confirm that it is you. Try again, or use another card.',
    lost_card: 'Your bank declined the card. Try another card.',
    stolen_card: 'Your bank declined the card. Try another card.',
    fraudulent: 'The payment was declined. Try another card.',
    card_not_supported: 'This card cannot be used here. Try another card.',
    only_cards_are_kept: 'Only cards can be kept for next time. Choose the card, and enter it.',
    currency_not_supported: 'This card cannot pay in our currency. Try another card.',
    canceled: 'You left before paying. Nothing was charged: pay when you are ready.',
    cancelled: 'You left before paying. Nothing was charged: pay when you are ready.',
    payment_incomplete: 'The payment was not finished. Nothing was charged: pay again when you are ready.',
    payment_details_expired: 'What you entered has expired. Nothing was charged: enter it once more.',
    payment_details_incomplete:
      'Something is missing in what you entered. Nothing was charged: enter it once more, or pay in another way.',
    payment_abandoned: 'You left before paying. Nothing was charged: pay when you are ready.',
    authentication_abandoned: 'You left before your bank had seen you. Nothing was charged: pay again.',
    amount_too_small: 'This sum is too small for a card. Choose another way to pay.',
    promotion_exhausted:
      'A code was used up before you ordered. Nothing was charged: check the new total, then go on.',
    gift_card_short: 'There is less left on a gift card than before. Check the new total, then go on.',
    out_of_stock: 'Something sold out before you paid. Nothing was charged: check your cart, then go on.',
    payment_mismatch:
      'The payment did not fit your order, so it was called off. Nothing was charged: pay again.',
    rate_limited: 'Too many cards were tried. Wait an hour, or pay in another way.',
    expired: 'The payment took too long and was called off. Nothing was charged: try again.',
  }),
);

/** The sentence for a payment that failed, by the reason that the bank or the payment service gave. */
export function declineMessage(reason: string): string {
  return (
    declines.get(reason) ??
    'The payment did not go through. Nothing was charged: try again, or use another card.'
  );
}

const orderEvents = new Map(
  Object.entries({
    ORDER_CREATED: 'Order placed',
    PAYMENT_AUTHORIZED: 'Payment authorised',
    PAYMENT_CAPTURED: 'Payment received',
    PAYMENT_RECEIVED: 'Payment received',
    PAYMENT_REMINDED: 'Reminder sent',
    PAYMENT_VOIDED: 'Payment released: nothing was charged',
    PAYMENT_REFUNDED: 'Money sent back',
    REFUND_FAILED: 'Money sent back did not arrive: we will be in touch',
    ORDER_CANCELLED: 'Order cancelled',
  }),
);

/** What an entry of an order's history says; an unknown one is shown by its own words. */
export function orderEventMessage(type: string): string {
  const words = type.replace(/[._-]+/g, ' ').toLowerCase();
  return orderEvents.get(type) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
