import {
  authorise,
  type Context,
  currentUserId,
  DomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import type { PostalAddress } from '../shipping/index.ts';
import { getAddress, ownAddress } from './address-book.ts';
import { type CustomerRow, lockCustomer, updateCustomer } from './customer-rows.ts';
import { type AddressUse, MAX_ADDRESSES, type SavedAddress } from './model.ts';

interface SaveAddress {
  readonly address: PostalAddress;
  /** What it becomes the default for; what others are stays. The first address of a book becomes the default for all. */
  readonly defaultFor?: readonly AddressUse[] | undefined;
}

/**
 * Puts an address into the book of who is logged in. One that is there already, word for word, is not put there again: a form that is
 * sent twice makes one address.
 *
 * @throws DomainError `limit_reached` with `limit`, `unauthenticated`, `forbidden`
 */
export async function createAddress(ctx: Context, input: SaveAddress): Promise<SavedAddress> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const id = await ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const same = await sameAddress(tx, userId, input.address);
    const addressId = same ?? (await insertAddress(tx, userId, input.address));
    await setDefaults(tx, customer, addressId, input.defaultFor ?? []);
    return addressId;
  });
  return getAddress(ctx, { id });
}

/** Changes one of one's own addresses, whole. @throws DomainError `not_found`, also for somebody else's, `unauthenticated`, `forbidden` */
export async function updateAddress(
  ctx: Context,
  input: SaveAddress & { id: string },
): Promise<SavedAddress> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const { id } = await ownAddress(tx, userId, input.id);
    await tx.db
      .updateTable('addresses')
      .set({ ...columnsOf(input.address), updated_at: tx.clock.now() })
      .where('id', '=', id)
      .execute();
    await setDefaults(tx, customer, id, input.defaultFor ?? []);
  });
  return getAddress(ctx, { id: input.id });
}

/**
 * Makes one of one's own addresses the default for a use.
 *
 * @throws DomainError `not_found`, also for somebody else's, `unauthenticated`, `forbidden`
 */
export async function makeDefaultAddress(
  ctx: Context,
  input: { id: string; use: AddressUse },
): Promise<SavedAddress> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const { id } = await ownAddress(tx, userId, input.id);
    await setDefaults(tx, customer, id, [input.use]);
  });
  return getAddress(ctx, { id: input.id });
}

async function sameAddress(tx: TransactionContext, userId: string, address: PostalAddress) {
  const row = await tx.db
    .selectFrom('addresses')
    .select('id')
    .where((eb) => eb.and({ user_id: userId, ...columnsOf(address) }))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

async function insertAddress(
  tx: TransactionContext,
  userId: string,
  address: PostalAddress,
): Promise<string> {
  const { count } = await tx.db
    .selectFrom('addresses')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAX_ADDRESSES) {
    throw new DomainError('limit_reached', `an address book holds ${MAX_ADDRESSES}`, {
      limit: MAX_ADDRESSES,
    });
  }
  const now = tx.clock.now();
  const id = tx.ids.next();
  await tx.db
    .insertInto('addresses')
    .values({ id, user_id: userId, ...columnsOf(address), created_at: now, updated_at: now })
    .execute();
  return id;
}

async function setDefaults(
  tx: TransactionContext,
  customer: CustomerRow,
  id: string,
  uses: readonly AddressUse[],
): Promise<void> {
  const isFor = (use: AddressUse, current: string | null) => current === null || uses.includes(use);
  const shipping = isFor('shipping', customer.default_shipping_address_id);
  const billing = isFor('billing', customer.default_billing_address_id);
  if (!shipping && !billing) return;
  await updateCustomer(tx, customer.user_id, {
    ...(shipping ? { default_shipping_address_id: id } : {}),
    ...(billing ? { default_billing_address_id: id } : {}),
  });
}

function columnsOf({ fullName, ...rest }: PostalAddress) {
  return { full_name: fullName, ...rest };
}
