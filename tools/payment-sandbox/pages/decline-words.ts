/** What a shopper reads when a payment did not work, by Stripe's codes, https://docs.stripe.com/declines/codes */
const sentences: Record<string, string> = {
  insufficient_funds: 'Your card has insufficient funds. Nothing was charged. Use another card.',
  expired_card: 'Your card has expired. Nothing was charged. Use another card.',
  incorrect_cvc: 'The security code is not right. Nothing was charged. Check it and try again.',
  incorrect_number: 'The card number is not right. Nothing was charged. Check it and try again.',
  processing_error: 'Your card could not be processed just now. Nothing was charged. Try again in a moment.',
  payment_intent_authentication_failure:
    'The payment was not confirmed. Nothing was charged. Try again, or pay another way.',
  setup_intent_authentication_failure:
    'Your bank did not confirm it was you. Try again, or use another card.',
};

export function sentenceFor(
  error: { type: string; code?: string | undefined; decline_code?: string | undefined } | undefined,
): string {
  const known = sentences[error?.decline_code ?? ''] ?? sentences[error?.code ?? ''];
  if (!known && error?.type !== 'card_error') {
    return 'That did not work. Nothing was charged. Try again, or pay another way.';
  }
  return known ?? 'Your card was declined. Nothing was charged. Use another card, or pay another way.';
}
