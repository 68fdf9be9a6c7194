import { createDomain, type Domain } from '@souk/domain/app';
import { type Context, createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import { createPromotion, giftCardToIssue, issueGiftCard, newPromotion } from '@souk/domain/promotions';
import { sellProduct } from '@souk/domain/testing';
import type { Shop } from '../testing/start-shop.ts';
import type { Plan } from './plan.ts';

/** What is put on sale for a run, some of it in short supply. */
export interface Stage {
  readonly shop: Shop;
  readonly domain: Domain;
  /** Variants of which there are enough. */
  readonly plenty: readonly string[];
  /** A variant that sells out on the way. */
  readonly scarce: string;
  /** A code that is good for half of those who have it. */
  readonly coupon: string;
  /** A gift card that pays for one order, issued for who asks. */
  giftCard(): Promise<string>;
  /** A gift card that many have, and that is empty before all of them have bought. */
  readonly sharedGiftCard: string;
}

const PRICE = 2_500;

/** Puts things on sale, and issues codes and gift cards. */
export async function setStage(shop: Shop, plan: Plan): Promise<Stage> {
  const config = loadDomainConfig({ ...shop.env, DATABASE_POOL_SIZE: '4' });
  const domain = createDomain(config, { logger: createLogger({ name: 'chaos', level: 'silent' }) });
  const ctx = domain.context({ actor: system });
  const share = (part: number) => Math.max(1, Math.round(plan.shoppers.length * part));
  const sell = async (stock: number) => (await sellProduct(ctx, { stock, amount: PRICE })).variantId;
  const withCoupon = plan.shoppers.filter((way) => way === 'coupon').length;
  return {
    shop,
    domain,
    plenty: [await sell(10_000), await sell(10_000), await sell(10_000)],
    scarce: await sell(share(0.15)),
    coupon: await issueCoupon(ctx, Math.max(1, Math.floor(withCoupon / 2))),
    giftCard: () => issueCard(ctx, 50_000),
    sharedGiftCard: await issueCard(ctx, share(0.05) * 1_000),
  };
}

async function issueCoupon(ctx: Context, maxUses: number): Promise<string> {
  const code = 'CHAOS-5';
  const promotion = {
    name: 'Chaos',
    label: '5.00 off',
    trigger: 'code',
    action: { type: 'amount', amounts: { USD: 500 } },
    maxUses,
  };
  await createPromotion(ctx, newPromotion.parse({ promotion, codes: [code] }));
  return code;
}

async function issueCard(ctx: Context, amount: number): Promise<string> {
  const card = giftCardToIssue.parse({ amount, currency: 'USD', requestId: crypto.randomUUID() });
  return (await issueGiftCard(ctx, card)).code;
}
