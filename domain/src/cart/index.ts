export * from './add-all-to-cart.ts';
export * from './change-cart.ts';
export * from './close-cart.ts';
export * from './get-cart.ts';
export * from './jobs.ts';
export * from './model.ts';
export * from './tokens.ts';
