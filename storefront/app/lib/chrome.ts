import { useMatches, useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../root.tsx';

/** How much of the shop surrounds a page: checkout leaves out what leads away. */
export type Chrome = 'shop' | 'checkout';

/** What a route exports as `handle`. */
export interface RouteHandle {
  readonly chrome?: Chrome;
}

export function useChrome(): Chrome {
  const asksForCheckout = (handle: unknown) =>
    typeof handle === 'object' && handle !== null && 'chrome' in handle && handle.chrome === 'checkout';
  return useMatches().some((match) => asksForCheckout(match.handle)) ? 'checkout' : 'shop';
}

/** What the root loaded for all pages: the shop, its categories, the count in the cart. Undefined when even that failed. */
export function useShop() {
  return useRouteLoaderData<typeof loader>('root');
}

/** The shop's name and address for the `meta` of a route, from its matches. */
export function shopOf(matches: readonly ({ id: string; data: unknown } | undefined)[]): {
  shopUrl: string;
  shopName: string;
} {
  const data = matches.find((match) => match?.id === 'root')?.data;
  const value = (key: string): string | null => {
    const found: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : null;
    return typeof found === 'string' ? found : null;
  };
  return { shopUrl: value('shopUrl') ?? '', shopName: value('shopName') ?? 'Souk' };
}
