import { eraseUser, recordAudit } from '../identity/index.ts';
import {
  addSeconds,
  authorise,
  type Context,
  DomainError,
  enqueue,
  requireRecentLogin,
  requireRecentLoginOfStaff,
  type TransactionContext,
} from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { attachGuestOrders } from '../orders/index.ts';
import { eraseAgainJob, eraseRemains } from './erase-remains.ts';

/** What somebody types who wants their account gone. */
export const ERASE_CONFIRMATION = 'DELETE';

/** Longer than any request takes that was under way when the account went. */
const ERASE_AGAIN_SECONDS = 120;

/**
 * Erases the account of who is logged in, at once and for good; see `eraseCustomer` for what goes and what stays.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `invalid_input` without the confirmation, `conflict`
 */
export async function eraseMyAccount(ctx: Context, input: { confirmation: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = requireRecentLogin(ctx);
  if (input.confirmation !== ERASE_CONFIRMATION) {
    const message = `Type ${ERASE_CONFIRMATION} to confirm`;
    throw new DomainError('invalid_input', `confirmation: ${message}`, { fields: { confirmation: message } });
  }
  await ctx.transaction((tx) => erase(tx, userId));
}

/**
 * Erases somebody on their behalf, in one transaction: log-ins of all kinds, addresses, profile, wishlists, what they looked at and
 * mails go; orders stay for the books without who and where, but for country and region. Doing it again does no harm. Their old
 * address is told.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `not_found`, `conflict` for the last super admin, or with
 *   `{ reason: 'order_under_way' }` while an order of theirs is being placed
 */
export async function eraseCustomer(ctx: Context, input: { userId: string }): Promise<void> {
  authorise(ctx, 'customers:erase');
  requireRecentLoginOfStaff(ctx);
  await ctx.transaction((tx) => erase(tx, input.userId));
}

async function erase(tx: TransactionContext, userId: string): Promise<void> {
  // what they bought as a guest is theirs too, and is found while the address is known
  await attachGuestOrders(tx, userId);
  const erased = await eraseUser(tx, { userId });
  await eraseRemains(tx, { userId, email: erased?.email ?? null });
  if (erased === null) return;
  await recordAudit(tx, { action: 'user.erased', target: { kind: 'user', id: userId } });
  const runAt = addSeconds(tx.clock.now(), ERASE_AGAIN_SECONDS);
  await enqueue(tx, eraseAgainJob, { userId }, { key: `${eraseAgainJob.name}:${userId}`, runAt });
  // not tied to the account, or it would go with it
  const { email, name, locale } = erased;
  await queueMail(tx, { template: 'account-erased', to: email, locale, data: { name } });
}
