import type { AppLoadContext } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import type { Category, ShopInfo } from './bff-types.ts';

interface Asking {
  request: Request;
  context: AppLoadContext;
}

const trees = new WeakMap<AppLoadContext, Promise<Category[]>>();
const infos = new WeakMap<AppLoadContext, Promise<ShopInfo>>();

/** The category tree, asked for once a request however many loaders want it. */
export function categoryTree(asking: Asking): Promise<Category[]> {
  const known = trees.get(asking.context);
  if (known) return known;
  const asked = bffFor(asking).catalog.categoryTree.query();
  trees.set(asking.context, asked);
  return asked;
}

/** What the shop is: asked for once a request however many loaders want it. */
export function shopInfo(asking: Asking): Promise<ShopInfo> {
  const known = infos.get(asking.context);
  if (known) return known;
  const asked = bffFor(asking).shop.info.query();
  infos.set(asking.context, asked);
  return asked;
}
