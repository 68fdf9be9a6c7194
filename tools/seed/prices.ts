import type { CurrencyCode } from '@souk/domain/kernel';

/** What euro prices, with 19 to 25 % VAT in them, come to beside dollar prices without tax. */
const EUROS_WITH_TAX = 1.1;

/** Up to here euro prices end in .95, above in .90. */
const SMALL = 2_500;
/** From here on they go in steps of five: 129.90, 134.90. */
const GREAT = 10_000;

/**
 * The price in euros, VAT included, that the merchant of the demo shop set beside a price in dollars: no conversion, but a price tag.
 *
 * @param dollars in cents
 * @returns in cents; ends in .95 or .90
 */
export function priceInEuros(dollars: number): number {
  return priceTag(dollars * EUROS_WITH_TAX, 'EUR');
}

/** The price that a merchant would write for about as much, in minor units: whole dollars, or euros that end in .95 or .90. */
export function priceTag(amount: number, currency: CurrencyCode): number {
  if (currency !== 'EUR') return roundedUp(amount);
  if (amount < SMALL) return roundedUp(amount) - 5;
  const step = amount < GREAT ? 100 : 500;
  return Math.round(amount / step) * step - 10;
}

/** To the next whole unit of the currency. */
export function roundedUp(amount: number): number {
  return Math.ceil(amount / 100) * 100;
}
