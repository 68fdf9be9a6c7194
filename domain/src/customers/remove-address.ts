import { authorise, type Context, currentUserId } from '../kernel/index.ts';
import { ownAddress } from './address-book.ts';
import { lockCustomer, updateCustomer } from './customer-rows.ts';

/**
 * Takes an address out of the book of who is logged in. What it was the default for, the latest of those that stay becomes; with the
 * last one nothing is. Orders keep their own copy.
 *
 * @throws DomainError `not_found`, also for somebody else's and one that is gone, `unauthenticated`, `forbidden`
 */
export async function removeAddress(ctx: Context, input: { id: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const { id } = await ownAddress(tx, userId, input.id);
    const heir = await tx.db
      .selectFrom('addresses')
      .select('id')
      .where('user_id', '=', userId)
      .where('id', '<>', id)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const heirId = heir?.id ?? null;
    const wasShipping = customer.default_shipping_address_id === id;
    const wasBilling = customer.default_billing_address_id === id;
    if (wasShipping || wasBilling) {
      await updateCustomer(tx, userId, {
        ...(wasShipping ? { default_shipping_address_id: heirId } : {}),
        ...(wasBilling ? { default_billing_address_id: heirId } : {}),
      });
    }
    await tx.db.deleteFrom('addresses').where('id', '=', id).execute();
  });
}
