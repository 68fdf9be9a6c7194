import type { Behaviour } from './methods/behaviour.ts';
import { testCards } from './test-cards.ts';

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
  /** @default 'credit' */
  funding?: 'credit' | 'debit' | 'prepaid';
  /** Where it was issued. @default 'US' */
  country?: string;
  /** Shown as a button on the hosted page. */
  hasButton?: boolean;
}

/**
 * Numbers that begin so and have the right check digit work like that test card: cards enough for any number of buyers, as shops tell
 * cards apart.
 */
const families: readonly { prefix: string; like: string }[] = [
  { prefix: '42424242', like: '4242424242424242' },
  { prefix: '40404040', like: '4000000000000002' },
  { prefix: '41414141', like: '4000000000003220' },
];

export function cardByNumber(number: string): TestCard | undefined {
  const known = testCards.find((card) => card.number === number);
  if (known || number.length !== 16 || !isCardNumber(number)) return known;
  const family = families.find(({ prefix }) => number.startsWith(prefix));
  const like = testCards.find((card) => card.number === family?.like);
  return like && { ...like, number };
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
