export * from './model.ts';
export * from './rates.ts';
