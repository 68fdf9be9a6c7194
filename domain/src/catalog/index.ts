export * from './model.ts';
export * from './events.ts';
