import { auditRouter } from './routers/audit.ts';
import { cartRouter } from './routers/cart.ts';
import { catalogRouter } from './routers/catalog.ts';
import { checkoutRouter } from './routers/checkout.ts';
import { ordersRouter } from './routers/orders.ts';
import { searchRouter } from './routers/search.ts';
import { sessionsRouter } from './routers/sessions.ts';
import { shopRouter } from './routers/shop.ts';
import { usersRouter } from './routers/users.ts';
import { router } from './trpc.ts';

/** All that the storefront can ask for. */
export const appRouter = router({
  cart: cartRouter,
  catalog: catalogRouter,
  checkout: checkoutRouter,
  orders: ordersRouter,
  audit: auditRouter,
  search: searchRouter,
  sessions: sessionsRouter,
  users: usersRouter,
  shop: shopRouter,
});

export type AppRouter = typeof appRouter;
