import { orderPaymentReturned, payOrder, receiveOrderPayment } from '@souk/domain/checkout';
import {
  cancelMyOrder,
  cancelOrder,
  cancelReason,
  documentInput,
  findOrder,
  getOrder,
  getOrderDocument,
  listMyOrders,
  listOrders,
  orderDocument,
  orderFilter,
  orderListInput,
  orderListItem,
  orderSummary,
  orderView,
  paymentInput,
  paymentReceipt,
  sendOrderLink,
  staffOrderView,
} from '@souk/domain/orders';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const number = z.string().min(1).max(40);
/** An order by the token of its link, or, without one, as the account that it belongs to. */
const byLink = z.object({ number, token: z.string().min(1).max(300).nullable().default(null) });

export const ordersRouter = router({
  get: procedure('orders:read:own', 4)
    .input(byLink)
    .output(orderView)
    .query(({ ctx, input }) => getOrder(ctx.domain, input)),

  document: procedure('orders:read:own', 5)
    .input(documentInput)
    .output(orderDocument)
    .query(({ ctx, input }) => getOrderDocument(ctx.domain, input)),

  mine: procedure('account:own', 2)
    .input(orderListInput)
    .output(z.object({ items: z.array(orderSummary), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listMyOrders(ctx.domain, input);
      return { items: [...items], nextCursor };
    }),

  cancelMine: procedure('orders:cancel:own', 5)
    .input(byLink.extend({ requestId: z.uuid().nullable().default(null) }))
    .output(z.void())
    .mutation(({ ctx, input }) => cancelMyOrder(ctx.domain, input)),

  sendLink: procedure('orders:read:own', 3)
    .input(z.strictObject({ number, email: z.string().min(1).max(254) }))
    .output(z.void())
    .mutation(({ ctx, input }) => sendOrderLink(ctx.domain, input)),

  /** Everybody's. */
  list: procedure('orders:read:all', 1)
    .input(orderFilter.prefault({}))
    .output(z.object({ items: z.array(orderListItem), nextCursor: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listOrders(ctx.domain, input);
      return { items: [...items], nextCursor };
    }),

  find: procedure('orders:read:all', 5)
    .input(z.strictObject({ number }))
    .output(staffOrderView)
    .query(({ ctx, input }) => findOrder(ctx.domain, input)),

  cancel: procedure('orders:cancel', 5)
    .input(
      z.strictObject({
        orderId: z.uuid(),
        reason: cancelReason,
        requestId: z.uuid().nullable().default(null),
      }),
    )
    .output(z.void())
    .mutation(({ ctx, input }) => cancelOrder(ctx.domain, input)),

  receivePayment: procedure('orders:payments', 6)
    .input(paymentInput)
    .output(paymentReceipt)
    .mutation(({ ctx, input }) => receiveOrderPayment(ctx.domain, input)),

  /** Where an order is paid that awaits its money: the provider's page. */
  pay: procedure('orders:read:own', 6)
    .input(byLink)
    .output(z.object({ redirectUrl: z.string() }))
    .mutation(({ ctx, input }) => payOrder(ctx.domain, input)),

  /** After that page. */
  paymentReturned: procedure('orders:read:own', 11)
    .input(byLink)
    .output(z.void())
    .mutation(({ ctx, input }) => orderPaymentReturned(ctx.domain, input)),
});
