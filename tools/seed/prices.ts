/** What euro prices, with 19 to 25 % VAT in them, come to beside dollar prices without tax. */
const EUROS_WITH_TAX = 1.1;

/** Up to here prices end in .95, above in .90. */
const SMALL = 2_500;
/** From here on prices go in steps of five: 129.90, 134.90. */
const GREAT = 10_000;

/**
 * The price in euros, VAT included, that the merchant of the demo shop set beside a price in dollars: no conversion, but a price tag.
 *
 * @param dollars in cents
 * @returns in cents; ends in .95 or .90
 */
export function priceInEuros(dollars: number): number {
  const euros = dollars * EUROS_WITH_TAX;
  if (euros < SMALL) return Math.ceil(euros / 100) * 100 - 5;
  const step = euros < GREAT ? 100 : 500;
  return Math.round(euros / step) * step - 10;
}

/** To the next whole unit of the currency. */
export function roundedUp(amount: number): number {
  return Math.ceil(amount / 100) * 100;
}
