import { z } from 'zod';
import { methodTypes } from '../methods/kinds.ts';
import type { PaymentMethodData } from '../methods/method-parameters.ts';
import { type CardFields, type FieldErrors, readCardForm } from './card-form.ts';

/** What the Checkout page posts besides a card. */
const choice = z.object({
  /** One of the other ways to pay. */
  method: z.enum(methodTypes).optional().catch(undefined),
  /** A saved method's id. */
  saved: z.string().max(100).optional(),
  email: z.string().max(320).default(''),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US')
    .catch('US'),
  iban: z.string().max(50).default(''),
  save: z.literal('on').optional().catch(undefined),
});

export type ReadChoice =
  | {
      isValid: true;
      method: { id: string } | { data: PaymentMethodData };
      email: string;
      name: string;
      isSaved: boolean;
    }
  | { isValid: false; fields: CardFields; errors: FieldErrors };

/** Reads what the shopper chose: a saved method, another way to pay, or a card that was typed. */
export function readChoice(body: string, now: Date, knownEmail: string | null): ReadChoice {
  const posted = choice.parse(Object.fromEntries(new URLSearchParams(body)));
  const email = knownEmail ?? posted.email.trim();
  const common = { isValid: true, email, isSaved: posted.save === 'on' } as const;
  if (posted.saved !== undefined) return { ...common, method: { id: posted.saved }, name: '' };
  if (posted.method !== undefined && posted.method !== 'card') {
    return { ...common, method: { data: otherMethod(posted.method, email, posted) }, name: payerName };
  }
  const form = readCardForm(body, now);
  if (!form.isValid) return form;
  const { card, name } = form;
  const data: PaymentMethodData = {
    type: 'card',
    card: { number: card.number, exp_month: card.expMonth, exp_year: card.expYear, cvc: card.cvc },
    billing_details: {
      ...(name !== '' && { name }),
      ...(email !== '' && { email }),
      address: { country: posted.country },
    },
    ...(common.isSaved && { allow_redisplay: 'always' }),
  };
  return { ...common, method: { data }, name };
}

/** Klarna and the like know their customers: a test payer stands for what they would fill in. */
const payerName = 'Test Payer';

function otherMethod(
  type: Exclude<(typeof methodTypes)[number], 'card'>,
  email: string,
  posted: { country: string; iban: string },
): PaymentMethodData {
  return {
    type,
    ...(type === 'sepa_debit' && { sepa_debit: { iban: posted.iban || 'AT611904300234573201' } }),
    billing_details: {
      email: email === '' ? 'payer@example.com' : email,
      name: payerName,
      address: { country: posted.country, line1: '1 Test Street', postal_code: '94103', city: 'Test Town' },
    },
  };
}
