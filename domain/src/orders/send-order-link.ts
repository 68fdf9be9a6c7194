import { authorise, type Context } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { orderUrl } from './get-order.ts';
import { orderLocale } from './order-draft.ts';

const HOUR = 60 * 60 * 1000;

/**
 * Mails the way to an order to whoever placed it, for somebody who lost it or whose link is too old; once an hour at most. Whether there
 * is such an order is not told. Four statements.
 */
export async function sendOrderLink(ctx: Context, input: { number: string; email: string }): Promise<void> {
  authorise(ctx, 'orders:read:own');
  const order = await ctx.db
    .selectFrom('orders')
    .select(['id', 'number', 'email', 'locale', 'user_id as userId'])
    .where('number', '=', input.number.trim().toUpperCase())
    .executeTakeFirst();
  if (!order || order.email === '' || order.email.toLowerCase() !== input.email.trim().toLowerCase()) return;
  const hour = Math.floor(ctx.clock.now().getTime() / HOUR);
  await queueMail(ctx, {
    template: 'order-link',
    to: order.email,
    userId: order.userId,
    locale: orderLocale.parse(order.locale),
    data: { number: order.number, url: orderUrl(ctx, order) },
    key: `order-link:${order.id}:${hour}`,
  });
}
