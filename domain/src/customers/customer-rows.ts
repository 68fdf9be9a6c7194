import type { Selectable } from 'kysely';
import type { Context, DB, TransactionContext } from '../kernel/index.ts';

/** What a phone number is taken for while nothing is known of who has it. */
const FIRST_COUNTRY = 'US';

export type CustomerRow = Selectable<DB['customers']>;

/** What is kept of a customer beside the account; undefined while nothing is. One statement. */
export async function readCustomer(ctx: Context, userId: string): Promise<CustomerRow | undefined> {
  return ctx.db.selectFrom('customers').selectAll().where('user_id', '=', userId).executeTakeFirst();
}

/**
 * The same, made when there is nothing yet, and locked until the transaction ends: whatever changes a customer or their address book
 * passes here, so that two changes at once come one after the other. Two statements.
 */
export async function lockCustomer(tx: TransactionContext, userId: string): Promise<CustomerRow> {
  const now = tx.clock.now();
  await tx.db
    .insertInto('customers')
    .values({ user_id: userId, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
  return tx.db
    .selectFrom('customers')
    .selectAll()
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Changes columns of a customer that the caller has locked. One statement. */
export async function updateCustomer(
  tx: TransactionContext,
  userId: string,
  changes: Partial<
    Pick<
      CustomerRow,
      'phone' | 'currency' | 'mail_opt_ins' | 'default_shipping_address_id' | 'default_billing_address_id'
    >
  >,
): Promise<void> {
  await tx.db
    .updateTable('customers')
    .set({ ...changes, updated_at: tx.clock.now() })
    .where('user_id', '=', userId)
    .execute();
}

/** The country of the default shipping address, else the shop's first. One statement at most. */
export async function homeCountry(ctx: Context, customer: CustomerRow | undefined): Promise<string> {
  const id = customer?.default_shipping_address_id ?? null;
  if (customer === undefined || id === null) return FIRST_COUNTRY;
  const address = await ctx.db
    .selectFrom('addresses')
    .select('country')
    .where('user_id', '=', customer.user_id)
    .where('id', '=', id)
    .executeTakeFirst();
  return address?.country ?? FIRST_COUNTRY;
}
