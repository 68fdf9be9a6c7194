import { setListPrices } from '@souk/domain/catalog';
import type { Context, CurrencyCode } from '@souk/domain/kernel';
import {
  addGroupMembers,
  MAX_PRICES_A_CALL,
  type PriceListInput,
  saveCustomerGroup,
  savePriceList,
} from '@souk/domain/pricing';
import { buildProduct } from './build-product.ts';
import type { Entry } from './entries.ts';
import { priceTag } from './prices.ts';

const DAY_MS = 86_400_000;
const SALE_DAYS = 60;
/** What is left of a price. */
const IN_SALE = 0.8;
const FOR_TRADE = 0.75;

const saleCategories = new Set(['Candles', 'Cushions & Throws', 'Hats & Scarves', 'Camp']);
const tradeDepartments = new Set(['Kitchen', 'Desk']);

const tradeGroup = { id: '01900000-0000-7000-8000-000000000301', code: 'trade', name: 'Trade customers' };

/** Each currency has lists of its own, as its prices are its own. */
const lists: readonly { sale: string; trade: string; currency: CurrencyCode }[] = [
  {
    sale: '01900000-0000-7000-8000-000000000311',
    trade: '01900000-0000-7000-8000-000000000312',
    currency: 'USD',
  },
  {
    sale: '01900000-0000-7000-8000-000000000321',
    trade: '01900000-0000-7000-8000-000000000322',
    currency: 'EUR',
  },
];

/**
 * Lays out a sale for two months, and lower prices for trade customers. The same again changes nothing.
 *
 * @param from the day that the sale begins
 */
export async function seedPriceLists(ctx: Context, entries: readonly Entry[], from: Date): Promise<void> {
  await saveCustomerGroup(ctx, tradeGroup);
  const endsAt = new Date(from.getTime() + SALE_DAYS * DAY_MS);
  for (const { sale, trade, currency } of lists) {
    const usual = { currency, regionId: null, isActive: true };
    await fill(
      ctx,
      {
        ...usual,
        id: sale,
        name: 'Winter sale',
        groupId: null,
        isSale: true,
        startsAt: from,
        endsAt,
        priority: 0,
      },
      pricesOf(entries, currency, {
        isIn: ({ family }) => saleCategories.has(family.category),
        left: IN_SALE,
      }),
    );
    await fill(
      ctx,
      {
        ...usual,
        id: trade,
        name: 'Trade prices',
        groupId: tradeGroup.id,
        isSale: false,
        startsAt: null,
        endsAt: null,
        priority: 10,
      },
      pricesOf(entries, currency, {
        isIn: ({ family }) => tradeDepartments.has(family.department),
        left: FOR_TRADE,
      }),
    );
  }
}

/** Makes somebody a trade customer. */
export async function joinTrade(ctx: Context, email: string): Promise<void> {
  await saveCustomerGroup(ctx, tradeGroup);
  await addGroupMembers(ctx, { groupId: tradeGroup.id, emails: [email] });
}

interface ListedPrice {
  readonly sku: string;
  readonly amount: number;
}

/** What things cost of which part of the price is left; what is reduced already stays out. */
function pricesOf(
  entries: readonly Entry[],
  currency: CurrencyCode,
  list: { isIn: (entry: Entry) => boolean; left: number },
): ListedPrice[] {
  const variants = entries
    .filter(list.isIn)
    .flatMap((entry) => buildProduct(entry, [], new Date(0)).variants);
  return variants.flatMap(({ sku, price, compareAtAmount, otherPrices = [] }) =>
    [{ ...price, compareAtAmount }, ...otherPrices].flatMap((usual) =>
      usual.currency === currency && !usual.compareAtAmount
        ? [{ sku, amount: priceTag(usual.amount * list.left, currency) }]
        : [],
    ),
  );
}

async function fill(ctx: Context, list: PriceListInput, prices: readonly ListedPrice[]): Promise<void> {
  await savePriceList(ctx, list);
  for (let start = 0; start < prices.length; start += MAX_PRICES_A_CALL) {
    const part = prices.slice(start, start + MAX_PRICES_A_CALL);
    const { refused } = await setListPrices(ctx, { priceListId: list.id, prices: part });
    if (refused.length > 0) throw new Error(`the demo prices are wrong: ${JSON.stringify(refused[0])}`);
  }
}
