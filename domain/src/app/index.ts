export * from './backlog.ts';
export * from './check-invariants.ts';
export * from './domain.ts';
export * from './worker.ts';
