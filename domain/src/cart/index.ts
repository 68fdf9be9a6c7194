export { ABANDONED_SECONDS, tellAbandonedCarts } from './abandon-carts.ts';
export { accountCart } from './account-cart.ts';
export { type AddedAll, addAllToCart, addWanted, type Wanted } from './add-all-to-cart.ts';
export { type AddToCart, addToCart, type ChangedCart } from './add-to-cart.ts';
export * from './cart-codes.ts';
export { type EstimatePlace, estimatePlace } from './cart-content.ts';
export * from './cart-place.ts';
export { type ExportedCart, exportCarts, exportedCart, forgetCartsOf } from './carts-of.ts';
export * from './change-cart.ts';
export * from './close-cart.ts';
export * from './events.ts';
export {
  canCheckOut,
  cartSummary,
  cartVersion,
  isBought,
  isCartAt,
  loadPricedCart,
  type PricedCart,
  type PricedLine,
  pricedCartQuestion,
} from './get-cart.ts';
export * from './jobs.ts';
export { type MergeChange, type MergedCarts, mergeCarts } from './merge-carts.ts';
export * from './model.ts';
export * from './quote.ts';
export * from './quote-facts.ts';
export * from './remind-wish.ts';
export * from './reminders.ts';
export { type RestorableCart, restorable, restorableCart, restoreCart } from './restore-cart.ts';
export * from './saved-lines.ts';
export * from './share-cart.ts';
export * from './tokens.ts';
export * from './view-cart.ts';
