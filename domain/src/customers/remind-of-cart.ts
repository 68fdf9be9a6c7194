import {
  cartAbandoned,
  type LeftCart,
  lockLeftCart,
  noteReminder,
  reminderMailKey,
  stopRemindersUrl,
} from '../cart/index.ts';
import { readUser } from '../identity/index.ts';
import type { Context, ModuleJobs } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { hasOrdered } from '../orders/index.ts';
import { wantsMail } from './preferences.ts';

/**
 * Mails the way back to a cart that was left to who wants it: who asked for it at the checkout, or a customer who wants news by mail. Once
 * for each cart, and never about one that was ordered or gone back to, nor to somebody who has ordered since.
 */
async function remindOfCart(ctx: Context, cartId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const cart = await lockLeftCart(tx, cartId);
    const to = cart && (await recipientOf(tx, cart));
    if (!cart || !to) return;
    // on another device, from another cart: what was left is not wanted any more, or was bought
    if (await hasOrdered(tx, { userId: cart.userId, email: to.email, since: cart.leftAt })) return;
    if (!(await noteReminder(tx, { cartId, email: to.email }))) return;
    await queueMail(tx, {
      template: 'cart-reminder',
      to: to.email,
      locale: to.locale,
      data: {
        lines: cart.lines.map((line) => ({ ...line })),
        more: cart.more,
        keptUntil: cart.expiresAt,
        url: cart.restoreUrl,
        unsubscribeUrl: stopRemindersUrl(tx, to.email),
      },
      userId: cart.userId,
      key: reminderMailKey(cartId),
    });
  });
}

async function recipientOf(
  ctx: Context,
  { email, locale, userId }: LeftCart,
): Promise<{ email: string; locale: string } | null> {
  if (email !== null) return { email, locale };
  if (userId === null || !(await wantsMail(ctx, { userId, kind: 'news' }))) return null;
  return readUser(ctx, userId);
}

export const cartReminderJobs: ModuleJobs = {
  subscriptions: [
    {
      name: 'customers.cart-reminders',
      on: [cartAbandoned],
      mode: 'aggregate',
      async handle(ctx, events) {
        for (const cartId of new Set(events.map((event) => event.aggregateId)))
          await remindOfCart(ctx, cartId);
      },
    },
  ],
};
