export * from './availability.ts';
export * from './events.ts';
export * from './jobs.ts';
export * from './model.ts';
export * from './reserve-stock.ts';
export * from './set-stock.ts';
export * from './settle-reservation.ts';
