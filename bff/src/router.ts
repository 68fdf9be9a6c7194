import { cartRouter } from './routers/cart.ts';
import { catalogRouter } from './routers/catalog.ts';
import { checkoutRouter } from './routers/checkout.ts';
import { ordersRouter } from './routers/orders.ts';
import { searchRouter } from './routers/search.ts';
import { shopRouter } from './routers/shop.ts';
import { router } from './trpc.ts';

/** All that the storefront can ask for. */
export const appRouter = router({
  cart: cartRouter,
  catalog: catalogRouter,
  checkout: checkoutRouter,
  orders: ordersRouter,
  search: searchRouter,
  shop: shopRouter,
});

export type AppRouter = typeof appRouter;
