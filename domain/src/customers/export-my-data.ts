import { z } from 'zod';
import { exportCarts, exportedCart } from '../cart/index.ts';
import { productTitles, sellableVariants } from '../catalog/index.ts';
import { exportCheckouts, exportedCheckout } from '../checkout/index.ts';
import { exportedIdentity, exportIdentity, recordAudit } from '../identity/index.ts';
import { authorise, type Context, requireRecentLogin } from '../kernel/index.ts';
import { exportedMail, exportMails } from '../mail/index.ts';
import { exportedStockAlert, exportStockAlerts } from '../notifications/index.ts';
import { exportedOrder, exportOrders } from '../orders/index.ts';
import { exportCards, exportedCard } from '../payments/index.ts';
import { groupNamesOf } from '../pricing/index.ts';

/** Grows whenever a part of the copy changes its shape or meaning; parts that are only added leave it as it is. */
export const EXPORT_VERSION = 1;

const moment = z.date();

/**
 * All that the shop keeps of somebody, as they are handed it (GDPR, articles 15 and 20). Written as JSON, moments are ISO 8601 in
 * UTC, and money is `{ amount, currency }` in minor units. No secrets: not even the hash of a password is in it.
 */
export const personalData = z.object({
  format: z.literal('souk-personal-data'),
  version: z.literal(EXPORT_VERSION),
  exportedAt: moment,
  ...exportedIdentity.shape,
  profile: z.object({
    phone: z.string(),
    currency: z.string().nullable(),
    mailOptIns: z.array(z.string()),
  }),
  /** The names of the customer groups that they are in. */
  customerGroups: z.array(z.string()),
  addresses: z.array(
    z.object({
      fullName: z.string(),
      line1: z.string(),
      line2: z.string(),
      city: z.string(),
      region: z.string(),
      postcode: z.string(),
      country: z.string(),
      phone: z.string(),
      isDefaultShipping: z.boolean(),
      isDefaultBilling: z.boolean(),
      createdAt: moment,
      updatedAt: moment,
    }),
  ),
  orders: z.array(exportedOrder),
  /** What was entered for orders that were not placed. */
  checkouts: z.array(exportedCheckout),
  /** Also those that they had as a guest and asked for a mail about, by their address. */
  carts: z.array(exportedCart),
  wishlists: z.array(
    z.object({
      name: z.string(),
      isShared: z.boolean(),
      createdAt: moment,
      updatedAt: moment,
      items: z.array(
        z.object({ sku: z.string(), title: z.string(), variantTitle: z.string(), addedAt: moment }),
      ),
    }),
  ),
  recentlyViewed: z.array(z.object({ productId: z.uuid(), title: z.string().nullable(), viewedAt: moment })),
  /** What they asked to hear of when it is back, also as a guest by their address. */
  stockAlerts: z.array(exportedStockAlert),
  /** What is known here of the cards that they saved with the payment provider. */
  savedCards: z.array(exportedCard),
  /** Mails of the last weeks: that they were sent, not what they said. */
  mails: z.array(exportedMail),
});
export type PersonalData = z.infer<typeof personalData>;

/**
 * A copy of all that is kept of who is logged in. About twenty statements; that it was taken is audited.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `unavailable` while the payment provider of saved cards is away
 */
export async function exportMyData(ctx: Context): Promise<PersonalData> {
  authorise(ctx, 'account:own');
  const userId = requireRecentLogin(ctx);
  // the provider is asked before the transaction: it must not hold anything meanwhile
  const cards = await exportCards(ctx);
  return ctx.transaction(async (tx) => {
    // one after the other: in a transaction they share a connection
    const identity = await exportIdentity(tx, { userId });
    const personal: PersonalData = {
      format: 'souk-personal-data',
      version: EXPORT_VERSION,
      exportedAt: tx.clock.now(),
      ...identity,
      ...(await exportProfile(tx, userId)),
      customerGroups: await groupNamesOf(tx, userId),
      orders: await exportOrders(tx, { userId }),
      checkouts: await exportCheckouts(tx, { userId }),
      carts: await exportCarts(tx, { userId, email: identity.account.email }),
      wishlists: await exportWishlists(tx, userId),
      recentlyViewed: await exportViews(tx, userId),
      stockAlerts: await exportStockAlerts(tx, { userId }),
      savedCards: cards,
      mails: await exportMails(tx, { userId }),
    };
    await recordAudit(tx, { action: 'user.data-exported', target: { kind: 'user', id: userId } });
    return personal;
  });
}

async function exportProfile(
  ctx: Context,
  userId: string,
): Promise<Pick<PersonalData, 'profile' | 'addresses'>> {
  const customer = await ctx.db
    .selectFrom('customers')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const addresses = await ctx.db
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return {
    profile: {
      phone: customer?.phone ?? '',
      currency: customer?.currency ?? null,
      mailOptIns: customer?.mail_opt_ins ?? [],
    },
    addresses: addresses.map((row) => ({
      fullName: row.full_name,
      line1: row.line1,
      line2: row.line2,
      city: row.city,
      region: row.region,
      postcode: row.postcode,
      country: row.country,
      phone: row.phone,
      isDefaultShipping: customer?.default_shipping_address_id === row.id,
      isDefaultBilling: customer?.default_billing_address_id === row.id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    })),
  };
}

async function exportWishlists(ctx: Context, userId: string): Promise<PersonalData['wishlists']> {
  const lists = await ctx.db
    .selectFrom('wishlists')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const items = await ctx.db
    .selectFrom('wishlist_items as item')
    .innerJoin('wishlists as list', 'list.id', 'item.wishlist_id')
    .select(['item.wishlist_id as listId', 'item.variant_id as variantId', 'item.added_at as addedAt'])
    .where('list.user_id', '=', userId)
    .orderBy('item.added_at', 'desc')
    .orderBy('item.variant_id')
    .execute();
  const variants = await sellableVariants(ctx, [...new Set(items.map((item) => item.variantId))]);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return lists.map((list) => ({
    name: list.name,
    isShared: list.is_shared,
    createdAt: list.created_at,
    updatedAt: list.updated_at,
    items: items.flatMap(({ listId, variantId, addedAt }) => {
      const variant = byId.get(variantId);
      if (listId !== list.id || !variant) return [];
      const { sku, title, variantTitle } = variant;
      return { sku, title, variantTitle, addedAt };
    }),
  }));
}

async function exportViews(ctx: Context, userId: string): Promise<PersonalData['recentlyViewed']> {
  const views = await ctx.db
    .selectFrom('recently_viewed')
    .select(['product_id as productId', 'viewed_at as viewedAt'])
    .where('user_id', '=', userId)
    .orderBy('viewed_at', 'desc')
    .execute();
  const titles = await productTitles(
    ctx,
    views.map((view) => view.productId),
  );
  return views.map((view) => ({ ...view, title: titles.get(view.productId) ?? null }));
}
