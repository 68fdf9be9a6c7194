export { adjustStock, stockAdjustment } from './adjust-stock.ts';
export * from './availability.ts';
export * from './events.ts';
export { inventoryJobs } from './jobs.ts';
export { type LocationView, listLocations, locationInput, locationView, saveLocation } from './locations.ts';
export {
  type Hold,
  MAIN_LOCATION_ID,
  PLENTY,
  promiseOf,
  RESERVATION_SECONDS,
  type Reservation,
  type SellingPolicy,
  type Stock,
  type StockLine,
  sellingPolicy,
  stockLine,
} from './model.ts';
export { overdueReservations } from './overdue-reservations.ts';
export { receiveStock, stockReceipt } from './receive-stock.ts';
export {
  extendReservation,
  heldUntil,
  levelsQuestion,
  type ReserveStock,
  reserveStock,
  type SeenLevels,
} from './reserve-stock.ts';
export { endPreorders, type StockPolicy, setStockPolicy, stockPolicy } from './set-policy.ts';
export { setStock } from './set-stock.ts';
export {
  allocateGiven,
  allocateReservation,
  releaseAllocation,
  releaseReservation,
  sweepReservations,
} from './settle-reservation.ts';
export { type StockReport, showStock, stockReport } from './show-stock.ts';
export { stockTransfer, transferStock } from './transfer-stock.ts';
