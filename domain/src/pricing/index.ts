export * from './model.ts';
export * from './prices.ts';
export * from './regions.ts';
