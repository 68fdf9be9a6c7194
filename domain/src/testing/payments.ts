import { z } from 'zod';

const made = z.object({ id: z.string() });

type Entered = { card: string } | { type: 'klarna' | 'paypal' | 'afterpay_clearpay' };

/** What the Payment Element sends from a browser to make a confirmation token of what was entered. */
export function elementFields(entered: Entered): URLSearchParams {
  const fields = new URLSearchParams({
    'payment_method_data[billing_details][email]': 'ada@example.com',
    'payment_method_data[billing_details][name]': 'Ada Lovelace',
    'payment_method_data[billing_details][address][line1]': '12 Analytical Way',
    'payment_method_data[billing_details][address][city]': 'Oakland',
    'payment_method_data[billing_details][address][state]': 'CA',
    'payment_method_data[billing_details][address][postal_code]': '94601',
    'payment_method_data[billing_details][address][country]': 'US',
  });
  if ('card' in entered) {
    fields.set('payment_method_data[type]', 'card');
    fields.set('payment_method_data[card][number]', entered.card);
    fields.set('payment_method_data[card][exp_month]', '4');
    fields.set('payment_method_data[card][exp_year]', '2044');
    fields.set('payment_method_data[card][cvc]', '123');
  } else fields.set('payment_method_data[type]', entered.type);
  return fields;
}

/** Makes a confirmation token as the Payment Element does in a browser: with the publishable key. */
export async function enterInElement(
  ctx: { readonly config: { readonly stripe: { readonly apiBase: string | null } } },
  entered: Entered,
): Promise<string> {
  const response = await fetch(`${ctx.config.stripe.apiBase}/v1/confirmation_tokens`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk_test_souk' },
    body: elementFields(entered),
  });
  if (!response.ok) throw new Error(`no token: ${await response.text()}`);
  return made.parse(await response.json()).id;
}

/** Pays, or saves a card, on the provider's hosted page, as a browser without scripts would. @returns where it leads then */
export async function payOnHostedPage(url: string, card: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ test_card: card, email: 'ada@example.com' }),
  });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`the hosted page answered ${response.status}`);
  return location;
}
