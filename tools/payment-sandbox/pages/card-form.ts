import { z } from 'zod';
import { type CardDetails, type CardProblem, cardByNumber, problemsOf } from '../cards.ts';

/** What the payment page posts. A test card's button sends its number as `test_card` and makes the fields moot. */
const cardForm = z.object({
  name: z.string().max(200).default(''),
  number: z.string().max(40).default(''),
  exp: z.string().max(20).default(''),
  cvc: z.string().max(10).default(''),
  test_card: z.string().max(20).optional(),
});

export type CardFields = Pick<z.output<typeof cardForm>, 'name' | 'number' | 'exp'>;
export type FieldErrors = Partial<Record<'name' | 'number' | 'exp' | 'cvc', string>>;

export type ReadForm =
  | { isValid: true; card: CardDetails; name: string }
  | { isValid: false; fields: CardFields; errors: FieldErrors };

/** Reads the posted card; when something is wrong, gives back what was typed (never the security code) and why. */
export function readCardForm(body: string, now: Date): ReadForm {
  const parsed = cardForm.safeParse(Object.fromEntries(new URLSearchParams(body)));
  if (!parsed.success) {
    return { isValid: false, fields: { name: '', number: '', exp: '' }, errors: { number: messages.number } };
  }
  const { name, number, exp, cvc, test_card: pressed } = parsed.data;
  const test = pressed === undefined ? undefined : cardByNumber(pressed);
  if (test) {
    const expYear = now.getUTCFullYear() + 3;
    const code = test.brand === 'amex' ? '1234' : '123';
    return {
      isValid: true,
      name: name.trim(),
      card: { number: test.number, expMonth: 12, expYear, cvc: code },
    };
  }
  const card: CardDetails = { number: number.replaceAll(/[\s-]/g, ''), ...expiryOf(exp), cvc: cvc.trim() };
  const errors: FieldErrors = {};
  for (const problem of problemsOf(card, now)) {
    const field = problem.field === 'exp_month' || problem.field === 'exp_year' ? 'exp' : problem.field;
    errors[field] ??= messageFor(problem, card);
  }
  if (exp.trim() === '') errors.exp = messages.noExpiry;
  if (name.trim() === '') errors.name = messages.name;
  if (Object.keys(errors).length > 0) return { isValid: false, fields: { name, number, exp }, errors };
  return { isValid: true, card, name: name.trim() };
}

const messages = {
  name: 'Enter the name on the card.',
  noNumber: 'Enter the card number.',
  number: 'This card number is not right. Check the digits.',
  notATestCard: 'This is not a test card, so it was not used. Choose one of the test cards below.',
  noExpiry: 'Enter the expiry date.',
  expiryMonth: 'Enter the expiry date as month and year, such as 04 / 29.',
  expiryYear: 'This card has expired, or its year is not right.',
  noCvc: 'Enter the security code.',
  cvc: 'This security code is not right. It has 3 digits, or 4 on American Express.',
} as const;

function messageFor(problem: CardProblem, card: CardDetails): string {
  if (problem.field === 'number' && card.number === '') return messages.noNumber;
  if (problem.field === 'number')
    return problem.code === 'incorrect_number' ? messages.number : messages.notATestCard;
  if (problem.field === 'cvc') return card.cvc === '' ? messages.noCvc : messages.cvc;
  return problem.field === 'exp_month' ? messages.expiryMonth : messages.expiryYear;
}

/** Takes `4/29`, `04 / 29`, `0429`, `04/2029`. What cannot be read becomes month 0, which no card has. */
function expiryOf(text: string): { expMonth: number; expYear: number } {
  const [, month, year] = /^\s*(\d{1,2})\s*[/.\- ]?\s*(\d{4}|\d{2})\s*$/.exec(text) ?? [];
  if (month === undefined || year === undefined) return { expMonth: 0, expYear: 0 };
  return { expMonth: Number(month), expYear: year.length === 2 ? 2000 + Number(year) : Number(year) };
}
