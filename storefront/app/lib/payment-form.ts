import type { RouterInputs } from '@souk/bff/types';

type Payment = RouterInputs['checkout']['choosePayment'];

const methods: readonly Payment['method'][] = [
  'card',
  'hosted',
  'bank_transfer',
  'invoice',
  'pay_link',
  'cash_on_collection',
  'gift_card',
];

const textOf = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * How somebody chose to pay, as the form of the payment step sends it: `method` is one of the ways, or `saved:` and the id of a saved card.
 * A card without anything entered, as from a browser in which the provider's fields never came up, is paid on the provider's page.
 *
 * @returns null when nothing was chosen
 */
export function readPayment(form: FormData): Payment | null {
  const chosen = textOf(form, 'method') ?? '';
  const savesCard = form.get('savesCard') === 'on';
  if (chosen.startsWith('saved:')) {
    return { method: 'card', savedMethodId: chosen.slice('saved:'.length), savesCard: false };
  }
  const method = methods.find((candidate) => candidate === chosen);
  if (method === undefined) return null;
  const confirmationToken = textOf(form, 'confirmationToken');
  if (method !== 'card') return { method };
  return confirmationToken === null ? { method: 'hosted' } : { method, confirmationToken, savesCard };
}
