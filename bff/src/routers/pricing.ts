import { chooseCartRegion } from '@souk/domain/cart';
import { listPricesInput, listPricesSet, setListPrices } from '@souk/domain/catalog';
import { preferredRegion } from '@souk/domain/customers';
import {
  addGroupMembers,
  customerGroup,
  customerGroupInput,
  disablePriceList,
  getRegion,
  groupMember,
  groupMembersQuery,
  listAllRegions,
  listCustomerGroups,
  listedPrice,
  listedPrices,
  listedPricesQuery,
  listGroupMembers,
  listPriceLists,
  MAX_MEMBERS_A_CALL,
  membersAdded,
  priceList,
  priceListInput,
  type Region,
  region,
  regionInput,
  removeGroupMembers,
  saveCustomerGroup,
  savePriceList,
  saveRegion,
} from '@souk/domain/pricing';
import { z } from 'zod';
import type { RequestContext } from '../request-context.ts';
import { procedure, router } from '../trpc.ts';

const id = z.uuid();
const byCode = z.strictObject({ code: region.shape.code.max(32) });
const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).readonly(), nextCursor: z.string().nullable() });

export const pricingRouter = router({
  chooseRegion: procedure('cart:use', 7)
    .input(byCode)
    .output(region)
    .mutation(async ({ ctx, input }) => chosen(ctx, await getRegion(ctx.domain, input.code))),

  choosePreferredRegion: procedure('account:own', 8)
    .output(region.nullable())
    .mutation(async ({ ctx }) => {
      const preferred = await preferredRegion(ctx.domain);
      return preferred && chosen(ctx, preferred);
    }),

  regions: procedure('prices:update', 1)
    .output(z.array(regionInput))
    .query(({ ctx }) => listAllRegions(ctx.domain)),

  saveRegion: procedure('prices:update', 5)
    .input(regionInput)
    .output(z.void())
    .mutation(({ ctx, input }) => saveRegion(ctx.domain, input)),

  lists: procedure('prices:update', 1)
    .output(z.array(priceList))
    .query(({ ctx }) => listPriceLists(ctx.domain)),

  saveList: procedure('prices:update', 8)
    .input(priceListInput)
    .output(z.void())
    .mutation(({ ctx, input }) => savePriceList(ctx.domain, input)),

  disableList: procedure('prices:update', 5)
    .input(z.strictObject({ priceListId: id }))
    .output(z.void())
    .mutation(({ ctx, input }) => disablePriceList(ctx.domain, input)),

  listedPrices: procedure('prices:update', 2)
    .input(listedPricesQuery)
    .output(page(listedPrice))
    .query(({ ctx, input }) => listedPrices(ctx.domain, input)),

  setListPrices: procedure('prices:update', 6)
    .input(listPricesInput)
    .output(listPricesSet)
    .mutation(({ ctx, input }) => setListPrices(ctx.domain, input)),

  groups: procedure('prices:update', 1)
    .output(z.array(customerGroup))
    .query(({ ctx }) => listCustomerGroups(ctx.domain)),

  saveGroup: procedure('prices:update', 4)
    .input(customerGroupInput)
    .output(z.void())
    .mutation(({ ctx, input }) => saveCustomerGroup(ctx.domain, input)),

  groupMembers: procedure('prices:update', 2)
    .input(groupMembersQuery)
    .output(page(groupMember))
    .query(({ ctx, input }) => listGroupMembers(ctx.domain, input)),

  addGroupMembers: procedure('prices:update', 4)
    .input(
      z.strictObject({ groupId: id, emails: z.array(z.string().max(254)).min(1).max(MAX_MEMBERS_A_CALL) }),
    )
    .output(membersAdded)
    .mutation(({ ctx, input }) => addGroupMembers(ctx.domain, input)),

  removeGroupMembers: procedure('prices:update', 3)
    .input(z.strictObject({ groupId: id, userIds: z.array(id).min(1).max(MAX_MEMBERS_A_CALL) }))
    .output(z.object({ removed: z.int() }))
    .mutation(({ ctx, input }) => removeGroupMembers(ctx.domain, input)),
});

/** Lets the shopper's cart follow them into a region. */
async function chosen(ctx: RequestContext, where: Region): Promise<Region> {
  const cartId = await ctx.cartId();
  if (cartId !== null) await chooseCartRegion(ctx.domain, { cartId, regionCode: where.code });
  return where;
}
