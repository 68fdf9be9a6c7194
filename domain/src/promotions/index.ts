export * from './actions.ts';
export * from './active-promotions.ts';
export { addCodes, type CodesToAdd, codesToAdd } from './add-codes.ts';
export * from './change-gift-card.ts';
export * from './conditions.ts';
export { createPromotion, type NewPromotion, newPromotion } from './create-promotion.ts';
export * from './customer-key.ts';
export * from './evaluate-promotions.ts';
export { findGiftCard, giftCardsOf } from './find-gift-card.ts';
export { forgetRedeemer } from './forget-customer.ts';
export {
  type GiftCardBalance,
  type GiftCardView,
  giftCardEntry,
  giftCardStatus,
  giftCardView,
} from './gift-card-model.ts';
export { holdRedemptions, type RedemptionsToHold } from './hold-redemptions.ts';
export { type GiftCardToIssue, giftCardToIssue, issueGiftCard } from './issue-gift-card.ts';
export { promotionJobs } from './jobs.ts';
export { giftCardEntries, giftCardFilter, listGiftCards } from './list-gift-cards.ts';
export * from './list-promotions.ts';
export * from './model.ts';
export { type PromotionView, promotionView } from './promotion-view.ts';
export * from './sale.ts';
export { releaseRedemptions, useRedemptions } from './settle-redemptions.ts';
export { expireGiftCards, resealGiftCards } from './tend-gift-cards.ts';
export * from './update-promotion.ts';
