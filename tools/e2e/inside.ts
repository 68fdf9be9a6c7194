import { createDomain, type Domain } from '@souk/domain/app';
import { getProduct } from '@souk/domain/catalog';
import { setStock } from '@souk/domain/inventory';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import type { Shop } from '../testing/start-shop.ts';

/** A running shop seen from inside, as its operator: for what shoppers neither see nor do. */
export interface Inside {
  readonly domain: Domain;
  readonly ctx: Context;
  close(): Promise<void>;
}

export function lookInside(shop: Shop): Inside {
  const config = loadDomainConfig({ ...shop.env, DATABASE_POOL_SIZE: '2' });
  const domain = createDomain(config, { logger: createLogger({ name: 'test', level: 'silent' }) });
  return { domain, ctx: domain.context({ actor: system }), close: () => domain.close() };
}

/** Lets there be as many of the mugs that tests buy as they want. */
export async function stockUpMugs({ ctx }: Inside): Promise<void> {
  const { variants } = await getProduct(ctx, { slug: 'harbour-mug' });
  const counts = variants.map(({ id }) => ({ variantId: id, onHand: 1_000 }));
  await ctx.transaction((tx) => setStock(tx, counts));
}
