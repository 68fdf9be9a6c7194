import type { Call } from '../call.ts';
import { kindOf } from '../methods/kinds.ts';
import type { NextAction, PaymentIntent, PaymentMethod, SetupIntent } from '../model.ts';
import { textOf } from '../state/database.ts';

/** Where the payer agrees: the bank's page for a card, the provider's for the rest. Remembers where to come back to. */
export function nextActionFor(
  call: Call,
  intent: PaymentIntent | SetupIntent,
  method: PaymentMethod,
  { returnUrl, usesSdk }: { returnUrl: string | undefined; usesSdk: boolean },
): NextAction {
  const { db, publicUrl } = call.sandbox;
  const isRedirect = kindOf(method.type).isRedirect;
  const query = new URLSearchParams({ client_secret: intent.client_secret });
  const url = `${publicUrl()}/${isRedirect ? 'authorize' : '3ds'}/${intent.id}?${query}`;
  db.run('delete from return_urls where payment_intent = ?', intent.id);
  if (returnUrl !== undefined) {
    db.run('insert into return_urls (payment_intent, url) values (?, ?)', intent.id, returnUrl);
  }
  return returnUrl === undefined || (usesSdk && !isRedirect)
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
    : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
}

/** Where the browser goes after 3-D Secure, also when the page is opened again later. */
export function returnUrlOf(call: Call, intent: { id: string }): string | undefined {
  const row = call.sandbox.db.first('select url from return_urls where payment_intent = ?', intent.id);
  return row && textOf(row, 'url');
}
