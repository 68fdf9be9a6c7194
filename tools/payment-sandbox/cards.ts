/** The test cards: what each number does. Numbers and ids are Stripe's, https://docs.stripe.com/testing. */

import type { Behaviour } from './methods/behaviour.ts';

export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
  param?: string;
  /** Stopped by the fraud check, so that the bank was never asked. */
  isBlocked?: boolean;
}

export interface TestCard extends Behaviour {
  /** Stripe's reusable test id, also the only thing that is stored of the number. */
  id: string;
  number: string;
  brand: string;
  /** What it does, for a person. */
  effect: string;
  /** Shown as a button on the hosted page. */
  hasButton?: boolean;
}

const generic = { code: 'card_declined', message: 'Your card was declined.' };
const insufficientFunds: Decline = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

function accepted(id: string, number: string, brand: string, effect = 'Succeeds'): TestCard {
  return { id, number, brand, effect, isChallenged: false };
}

function declined(id: string, number: string, effect: string, decline: Decline): TestCard {
  return { id, number, brand: 'visa', effect, isChallenged: false, decline };
}

export const testCards: readonly TestCard[] = [
  { ...accepted('pm_card_visa', '4242424242424242', 'visa', 'Payment succeeds'), hasButton: true },
  {
    ...declined('pm_card_chargeDeclined', '4000000000000002', 'Declined by the bank', {
      ...generic,
      declineCode: 'generic_decline',
    }),
    hasButton: true,
  },
  {
    ...declined(
      'pm_card_chargeDeclinedInsufficientFunds',
      '4000000000009995',
      'Declined: no funds',
      insufficientFunds,
    ),
    hasButton: true,
  },
  {
    id: 'pm_card_threeDSecure2Required',
    number: '4000000000003220',
    brand: 'visa',
    effect: 'Asks for 3-D Secure',
    isChallenged: true,
    hasButton: true,
  },
  {
    ...declined('pm_card_chargeDeclinedExpiredCard', '4000000000000069', 'Declined: expired', {
      code: 'expired_card',
      message: 'Your card has expired.',
      param: 'exp_month',
    }),
    hasButton: true,
  },
  {
    ...declined('pm_card_radarBlock', '4100000000000019', 'Blocked as fraud', {
      ...generic,
      declineCode: 'fraudulent',
      isBlocked: true,
    }),
    hasButton: true,
  },
  declined('pm_card_chargeDeclinedIncorrectCvc', '4000000000000127', 'Declined: wrong code', {
    code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    param: 'cvc',
  }),
  declined('pm_card_chargeDeclinedProcessingError', '4000000000000119', 'Processing error', {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  }),
  declined('pm_card_visa_chargeDeclinedLostCard', '4000000000009987', 'Declined: lost card', {
    ...generic,
    declineCode: 'lost_card',
  }),
  declined('pm_card_visa_chargeDeclinedStolenCard', '4000000000009979', 'Declined: stolen card', {
    ...generic,
    declineCode: 'stolen_card',
  }),
  {
    ...declined('pm_card_chargeCustomerFail', '4000000000000341', 'Can be saved, then declined', {
      ...generic,
      declineCode: 'generic_decline',
    }),
    declinesSaving: false,
  },
  {
    id: 'pm_card_authenticationRequired',
    number: '4000002760003184',
    brand: 'visa',
    effect: 'Asks for 3-D Secure',
    isChallenged: true,
  },
  {
    id: 'pm_card_threeDSecureRequiredChargeDeclined',
    number: '4000008400001629',
    brand: 'visa',
    effect: 'Asks for 3-D Secure, then declined',
    isChallenged: true,
    decline: { ...generic, declineCode: 'generic_decline' },
  },
  {
    id: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    number: '4000008260003178',
    brand: 'visa',
    effect: 'Asks for 3-D Secure, then insufficient funds',
    isChallenged: true,
    decline: insufficientFunds,
  },
  accepted('pm_card_visa_debit', '4000056655665556', 'visa'),
  accepted('pm_card_mastercard', '5555555555554444', 'mastercard'),
  accepted('pm_card_mastercard_debit', '5200828282828210', 'mastercard'),
  accepted('pm_card_amex', '378282246310005', 'amex'),
  accepted('pm_card_discover', '6011111111111117', 'discover'),
  accepted('pm_card_jcb', '3566002020360505', 'jcb'),
];

export function cardByNumber(number: string): TestCard | undefined {
  return testCards.find((card) => card.number === number);
}

export function cardById(id: string): TestCard | undefined {
  return testCards.find((card) => card.id === id);
}

/** The check digit of ISO/IEC 7812-1, and a length that cards have. */
export function isCardNumber(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export interface CardDetails {
  number: string;
  expMonth: number;
  /** Four digits. */
  expYear: number;
  cvc: string | undefined;
}

export interface CardProblem {
  field: 'number' | 'exp_month' | 'exp_year' | 'cvc';
  code: string;
  declineCode?: string;
  message: string;
}

/** Everything that is wrong with what was typed, in the order of the fields; nothing when the card can be used. */
export function problemsOf(card: CardDetails, now: Date): CardProblem[] {
  const problems: CardProblem[] = [];
  const known = cardByNumber(card.number);
  if (!isCardNumber(card.number)) {
    problems.push({ field: 'number', code: 'incorrect_number', message: 'Your card number is incorrect.' });
  } else if (!known) {
    problems.push({
      field: 'number',
      code: 'card_declined',
      declineCode: 'live_mode_test_card',
      message: 'Your card was declined. Your request was in test mode, but used a non test card.',
    });
  }
  if (!(card.expMonth >= 1 && card.expMonth <= 12)) {
    problems.push({
      field: 'exp_month',
      code: 'invalid_expiry_month',
      message: "Your card's expiration month is invalid.",
    });
  } else if (isPast(card, now) || card.expYear > now.getUTCFullYear() + 50) {
    problems.push({
      field: 'exp_year',
      code: 'invalid_expiry_year',
      message: "Your card's expiration year is invalid.",
    });
  }
  const cvcLength = known?.brand === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/;
  if (card.cvc !== undefined && !cvcLength.test(card.cvc)) {
    problems.push({ field: 'cvc', code: 'invalid_cvc', message: "Your card's security code is invalid." });
  }
  return problems;
}

/** A card is good to the end of its month. */
function isPast(card: CardDetails, now: Date): boolean {
  return card.expYear * 12 + card.expMonth - 1 < now.getUTCFullYear() * 12 + now.getUTCMonth();
}
