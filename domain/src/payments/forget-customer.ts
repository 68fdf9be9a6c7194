import { z } from 'zod';
import { type Context, defineJob, enqueue, type TransactionContext } from '../kernel/index.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

/** Has the provider delete a customer, and the cards that hang on it. One that is gone already is as wanted. @throws DomainError `unavailable` */
export async function deleteCustomer(ctx: Context, customerId: string): Promise<void> {
  try {
    await orUnavailable(() => ctx.services.stripe.customers.del(customerId));
  } catch (error) {
    if (!isProviderError(error, 'resource_missing')) throw error;
  }
}

export const deleteCustomerJob = defineJob({
  name: 'payments.delete-customer',
  payload: z.object({ customerId: z.string() }),
  async handle(ctx, { customerId }) {
    await deleteCustomer(ctx, customerId);
  },
});

/**
 * Forgets the saved cards of somebody whose account is erased: here at once, at the provider by a job. Repeating it changes nothing. Two
 * statements at most.
 */
export async function forgetPaymentCustomer(
  tx: TransactionContext,
  input: { userId: string },
): Promise<void> {
  const row = await tx.db
    .deleteFrom('payment_customers')
    .where('user_id', '=', input.userId)
    .returning('customer_id')
    .executeTakeFirst();
  const customerId = row?.customer_id;
  if (customerId) {
    await enqueue(tx, deleteCustomerJob, { customerId }, { key: `delete-customer:${customerId}` });
  }
}
