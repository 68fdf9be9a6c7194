export * from './actions.ts';
export * from './conditions.ts';
export * from './evaluate-promotions.ts';
export * from './model.ts';
export * from './sale.ts';
