import { type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { deleteCustomer } from './forget-customer.ts';
import { orUnavailable } from './provider-errors.ts';

/** How long to wait for another request that makes the same customer. */
const PAUSE_MS = 60;
const PATIENCE_MS = 8_000;

/**
 * The provider's customer of who is logged in, made when there is none: what saved cards hang on. However many ask at once, there is one.
 * It carries no name and no address. Not to be called in a transaction.
 *
 * @throws DomainError `unauthenticated`, `unavailable`
 */
export async function paymentCustomerOf(ctx: Context): Promise<string> {
  const userId = currentUserId(ctx);
  const known = await customerOf(ctx, userId);
  if (known?.customerId) return known.customerId;
  const requestId = known?.requestId ?? (await beginCustomer(ctx, userId));
  // one id for all who ask: whoever is first makes the customer, the provider gives the same one to the others
  const customerId = await makeCustomer(ctx, { userId, requestId });
  const { numUpdatedRows } = await ctx.db
    .updateTable('payment_customers')
    .set({ customer_id: customerId })
    .where('user_id', '=', userId)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return customerId;
  // the account was erased meanwhile: nothing of it may stay with the provider
  await deleteCustomer(ctx, customerId);
  throw new DomainError('unauthenticated', `user ${userId} is gone`);
}

/** The provider's customer of a user, if one was ever begun. One statement. */
export async function customerOf(
  ctx: Context,
  userId: string,
): Promise<{ requestId: string; customerId: string | null } | null> {
  const row = await ctx.db
    .selectFrom('payment_customers')
    .select(['request_id as requestId', 'customer_id as customerId'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

async function beginCustomer(ctx: Context, userId: string): Promise<string> {
  const requestId = ctx.ids.next();
  await ctx.db
    .insertInto('payment_customers')
    .values({ user_id: userId, request_id: requestId, created_at: ctx.clock.now() })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
  return (await customerOf(ctx, userId))?.requestId ?? requestId;
}

async function makeCustomer(ctx: Context, input: { userId: string; requestId: string }): Promise<string> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const { id } = await orUnavailable(() =>
        ctx.services.stripe.customers.create(
          { metadata: { user_id: input.userId } },
          { idempotencyKey: `customer:${input.requestId}` },
        ),
      );
      return id;
    } catch (error) {
      // the provider turns away a second call while the first one runs
      const made = (await customerOf(ctx, input.userId))?.customerId;
      if (made) return made;
      if (performance.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
