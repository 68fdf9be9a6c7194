import type { z } from 'zod';
import type { Call } from '../call.ts';
import { textOf } from '../state/database.ts';
import type { createSessionParameters } from './session-parameters.ts';

export type CreateSession = z.output<typeof createSessionParameters>;

/** What a session was made with and its answers do not show whole: line items, `payment_intent_data` and the like. */
export type SessionTerms = Pick<
  CreateSession,
  'payment_intent_data' | 'setup_intent_data' | 'customer_creation'
> & { line_items: SessionItem[] };

/** A line item as Stripe lists it. */
export interface SessionItem {
  id: string;
  object: 'item';
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  adjustable_quantity: null;
  currency: string;
  description: string;
  metadata: Record<string, string>;
  price: object;
  quantity: number;
}

export function keepTerms(call: Call, session: string, terms: SessionTerms): void {
  call.sandbox.db.run(
    'insert into session_terms (session, body) values (?, ?)',
    session,
    JSON.stringify(terms),
  );
}

export function termsOf(call: Call, session: string): SessionTerms {
  const row = call.sandbox.db.first('select body from session_terms where session = ?', session);
  return row ? JSON.parse(textOf(row, 'body')) : { line_items: [] };
}

/** The intent that a session's page works with; known to the shop only once the session is complete. */
export function intentOf(call: Call, session: string): string | undefined {
  const row = call.sandbox.db.first('select intent from session_intents where session = ?', session);
  return row && textOf(row, 'intent');
}

export function sessionOf(call: Call, intent: string): string | undefined {
  const row = call.sandbox.db.first('select session from session_intents where intent = ?', intent);
  return row && textOf(row, 'session');
}
