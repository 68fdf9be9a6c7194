import {
  adjustStock,
  listLocations,
  locationInput,
  locationView,
  receiveStock,
  saveLocation,
  setStockPolicy,
  showStock,
  stockAdjustment,
  stockPolicy,
  stockReceipt,
  stockReport,
  stockTransfer,
  transferStock,
} from '@souk/domain/inventory';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** What staff do with stock. */
export const inventoryRouter = router({
  stock: procedure('stock:update', 3)
    .input(z.strictObject({ variantId: z.uuid() }))
    .output(stockReport)
    .query(({ ctx, input }) => showStock(ctx.domain, input)),

  locations: procedure('stock:update', 1)
    .output(z.array(locationView))
    .query(({ ctx }) => listLocations(ctx.domain)),

  saveLocation: procedure('stock:update', 6)
    .input(locationInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => saveLocation(ctx.domain, input)),

  receive: procedure('stock:update', 9)
    .input(stockReceipt)
    .output(z.void())
    .mutation(({ ctx, input }) => receiveStock(ctx.domain, input)),

  adjust: procedure('stock:update', 10)
    .input(stockAdjustment)
    .output(z.void())
    .mutation(({ ctx, input }) => adjustStock(ctx.domain, input)),

  transfer: procedure('stock:update', 10)
    .input(stockTransfer)
    .output(z.void())
    .mutation(({ ctx, input }) => transferStock(ctx.domain, input)),

  setPolicy: procedure('stock:update', 6)
    .input(stockPolicy)
    .output(z.void())
    .mutation(({ ctx, input }) => setStockPolicy(ctx.domain, input)),
});
