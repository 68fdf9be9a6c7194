export { commitTax, voidTax } from './avalara/report-sale.ts';
export { checkVatId } from './check-vat-id.ts';
export { taxJobs } from './jobs.ts';
export { type TaxableSale, type TaxQuote, taxQuote } from './model.ts';
export { taxOf } from './tax-of.ts';
