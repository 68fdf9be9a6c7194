export * from './model.ts';
export { type FlatTaxQuote, quoteTax } from './tax.ts';
export { taxOf } from './tax-of.ts';
