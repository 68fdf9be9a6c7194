export * from './model.ts';
export * from './prices.ts';
