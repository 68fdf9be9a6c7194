export * from './jobs.ts';
export { orderMailKeys } from './keys.ts';
export {
  askForStockAlert,
  MAX_ALERTS,
  stockAlertInput,
  stockAlertsByToken,
  stopStockAlerts,
} from './stock-alerts.ts';
export {
  dropStockAlertsOf,
  type ExportedStockAlert,
  exportedStockAlert,
  exportStockAlerts,
} from './stock-alerts-of.ts';
