export * from './jobs.ts';
export { orderMailKeys } from './keys.ts';
