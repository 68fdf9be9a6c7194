import { addressesRouter } from './routers/addresses.ts';
import { apiKeysRouter } from './routers/api-keys.ts';
import { auditRouter } from './routers/audit.ts';
import { cartRouter } from './routers/cart.ts';
import { catalogRouter } from './routers/catalog.ts';
import { checkoutRouter } from './routers/checkout.ts';
import { customerRouter } from './routers/customer.ts';
import { factorsRouter } from './routers/factors.ts';
import { giftCardsRouter } from './routers/gift-cards.ts';
import { identityRouter } from './routers/identity.ts';
import { inventoryRouter } from './routers/inventory.ts';
import { mailsRouter } from './routers/mails.ts';
import { oauthRouter } from './routers/oauth.ts';
import { ordersRouter } from './routers/orders.ts';
import { paymentsRouter } from './routers/payments.ts';
import { pricingRouter } from './routers/pricing.ts';
import { privacyRouter } from './routers/privacy.ts';
import { promotionsRouter } from './routers/promotions.ts';
import { recentlyViewedRouter } from './routers/recently-viewed.ts';
import { searchRouter } from './routers/search.ts';
import { sessionsRouter } from './routers/sessions.ts';
import { shippingRouter } from './routers/shipping.ts';
import { shopRouter } from './routers/shop.ts';
import { stockAlertsRouter } from './routers/stock-alerts.ts';
import { tokensRouter } from './routers/tokens.ts';
import { usersRouter } from './routers/users.ts';
import { wishlistsRouter } from './routers/wishlists.ts';
import { router } from './trpc.ts';

/** All that the storefront can ask for. */
export const appRouter = router({
  addresses: addressesRouter,
  apiKeys: apiKeysRouter,
  cart: cartRouter,
  catalog: catalogRouter,
  checkout: checkoutRouter,
  customer: customerRouter,
  giftCards: giftCardsRouter,
  identity: identityRouter,
  factors: factorsRouter,
  mails: mailsRouter,
  oauth: oauthRouter,
  orders: ordersRouter,
  payments: paymentsRouter,
  audit: auditRouter,
  inventory: inventoryRouter,
  search: searchRouter,
  sessions: sessionsRouter,
  tokens: tokensRouter,
  users: usersRouter,
  pricing: pricingRouter,
  privacy: privacyRouter,
  promotions: promotionsRouter,
  recentlyViewed: recentlyViewedRouter,
  wishlists: wishlistsRouter,
  stockAlerts: stockAlertsRouter,
  shipping: shippingRouter,
  shop: shopRouter,
});

export type AppRouter = typeof appRouter;
