export * from './create-order.ts';
export * from './events.ts';
export * from './get-order.ts';
export * from './mark-paid.ts';
export * from './model.ts';
