import { readUser } from '../identity/index.ts';
import { authorise, type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { listOfLink, shareUrlOf } from './wishlists-link.ts';
import type { SharedWishlistView, Sharing } from './wishlists-model.ts';
import { itemsOf } from './wishlists-read.ts';

/**
 * Opens one of the customer's lists to whoever holds its link, closes it, or changes the link. One statement.
 *
 * @returns the link; null once it is closed
 * @throws DomainError `not_found`
 */
export async function changeSharing(
  ctx: Context,
  input: { wishlistId: string; sharing: Sharing },
): Promise<{ shareUrl: string | null }> {
  authorise(ctx, 'account:own');
  const { sharing } = input;
  const list = await ctx.db
    .updateTable('wishlists')
    .set((eb) => ({
      is_shared: sharing !== 'off',
      updated_at: ctx.clock.now(),
      ...(sharing === 'on' ? {} : { share_serial: eb('share_serial', '+', 1) }),
    }))
    .where('id', '=', input.wishlistId)
    .where('user_id', '=', currentUserId(ctx))
    .returning(['id', 'is_shared', 'share_serial'])
    .executeTakeFirst();
  if (!list) throw new DomainError('not_found', `no wishlist ${input.wishlistId}`);
  return { shareUrl: list.is_shared ? shareUrlOf(ctx, list) : null };
}

/**
 * A list for whoever holds its link. Six statements.
 *
 * @throws DomainError `not_found` when the link is none of ours, is void by now, or its owner is gone: which is not told
 */
export async function sharedWishlist(ctx: Context, input: { token: string }): Promise<SharedWishlistView> {
  authorise(ctx, 'catalog:read');
  const list = await listOfLink(ctx, input.token);
  const owner = list && (await readUser(ctx, list.userId));
  if (!list || !owner?.isActive) throw new DomainError('not_found', 'no list for this link');
  return {
    firstName: owner.name.trim().split(/\s+/)[0] ?? '',
    name: list.name,
    items: await itemsOf(ctx, list.id),
  };
}
