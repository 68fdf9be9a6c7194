import { authorise, type Context, currencyCode, currentUserId } from '../kernel/index.ts';
import { type Region, regionOfCurrency } from '../pricing/index.ts';
import { readCustomer } from './customer-rows.ts';

/**
 * Where who is logged in would shop, by the currency that they prefer: null when they prefer none, or the shop sells in it nowhere.
 * At most two statements.
 *
 * @throws DomainError `unauthenticated`, `forbidden`
 */
export async function preferredRegion(ctx: Context): Promise<Region | null> {
  authorise(ctx, 'account:own');
  const customer = await readCustomer(ctx, currentUserId(ctx));
  const currency = currencyCode.safeParse(customer?.currency).data;
  return currency === undefined ? null : regionOfCurrency(ctx, currency);
}
