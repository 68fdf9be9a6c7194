import type { Call } from '../call.ts';
import type { Decline } from '../cards.ts';
import type { Charge, PaymentIntent, PaymentMethod } from '../model.ts';
import type { Attempt } from './charges.ts';

export function outcomeOf(decline: Decline | undefined): Charge['outcome'] {
  const common = { advice_code: null, network_advice_code: null, network_decline_code: null };
  if (!decline) {
    return {
      ...common,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  const isBlocked = decline.isBlocked === true;
  return {
    ...common,
    network_status: isBlocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: isBlocked ? 'highest_risk_level' : (decline.declineCode ?? decline.code),
    risk_level: isBlocked ? 'highest' : 'normal',
    risk_score: isBlocked ? 95 : 12,
    seller_message: isBlocked
      ? 'Stripe blocked this payment as too risky.'
      : 'The bank did not return any further details with this decline.',
    type: isBlocked ? 'blocked' : 'issuer_declined',
  };
}

const holdSeconds = 7 * 24 * 60 * 60;

/** How it was paid, as a charge tells it. */
export function detailsOf(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  attempt: Attempt,
): Charge['payment_method_details'] {
  const { card } = method;
  if (!card) return otherDetails(method);
  const isHeld = !attempt.isCaptured && !attempt.decline;
  return {
    card: {
      amount_authorized: attempt.decline ? null : intent.amount,
      authorization_code: null,
      brand: card.brand,
      ...(isHeld && { capture_before: call.now + holdSeconds }),
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: attempt.decline?.code === 'incorrect_cvc' ? 'fail' : 'pass',
      },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: attempt.isAuthenticated
        ? {
            authentication_flow: 'challenge',
            electronic_commerce_indicator: '05',
            exemption_indicator: null,
            result: 'authenticated',
            result_reason: null,
            transaction_id: null,
            version: '2.2.0',
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}

function otherDetails(method: PaymentMethod): Charge['payment_method_details'] {
  const { billing_details: payer, sepa_debit: account } = method;
  switch (method.type) {
    case 'klarna':
      return {
        type: 'klarna',
        klarna: {
          payer_details: { address: { country: payer.address?.country ?? null } },
          payment_method_category: 'pay_later',
          preferred_locale: 'en-US',
        },
      };
    case 'afterpay_clearpay':
      return { type: 'afterpay_clearpay', afterpay_clearpay: { order_id: null, reference: null } };
    case 'paypal':
      return {
        type: 'paypal',
        paypal: {
          country: payer.address?.country ?? null,
          payer_email: payer.email,
          payer_id: null,
          payer_name: payer.name,
          seller_protection: null,
          transaction_id: null,
        },
      };
    case 'sepa_debit':
      return {
        type: 'sepa_debit',
        sepa_debit: {
          bank_code: account?.bank_code ?? null,
          branch_code: null,
          country: account?.country ?? null,
          fingerprint: account?.fingerprint ?? null,
          last4: account?.last4 ?? null,
          mandate: null,
        },
      };
    default:
      return { type: 'link', link: { country: payer.address?.country ?? null } };
  }
}
