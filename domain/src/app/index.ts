export * from './domain.ts';
export * from './worker.ts';
