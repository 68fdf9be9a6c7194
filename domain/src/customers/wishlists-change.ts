import { sql } from 'kysely';
import {
  authorise,
  type Context,
  currentUserId,
  DomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import { FIRST_WISHLIST_NAME, MAX_WISHLISTS } from './wishlists-model.ts';

/**
 * Makes an empty list.
 *
 * @throws DomainError `name_taken` whatever the case, `limit_reached` with `{ limit }`
 */
export async function createWishlist(ctx: Context, input: { name: string }): Promise<{ id: string }> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  return ctx.transaction(async (tx) => {
    await lockLists(tx, userId);
    return insertList(tx, userId, input.name);
  });
}

/** Gives a list another name. One statement. @throws DomainError `not_found`, `name_taken` */
export async function renameWishlist(
  ctx: Context,
  input: { wishlistId: string; name: string },
): Promise<void> {
  authorise(ctx, 'account:own');
  const { numUpdatedRows } = await ctx.db
    .updateTable('wishlists')
    .set({ name: input.name, updated_at: ctx.clock.now() })
    .where('id', '=', input.wishlistId)
    .where('user_id', '=', currentUserId(ctx))
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw isNameClash(error) ? nameTaken(input.name, error) : error;
    });
  if (numUpdatedRows === 0n) throw new DomainError('not_found', `no wishlist ${input.wishlistId}`);
}

/** Removes a list with all that it holds; its link is void at once. One statement. @throws DomainError `not_found` */
export async function removeWishlist(ctx: Context, input: { wishlistId: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const { numDeletedRows } = await ctx.db
    .deleteFrom('wishlists')
    .where('id', '=', input.wishlistId)
    .where('user_id', '=', currentUserId(ctx))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new DomainError('not_found', `no wishlist ${input.wishlistId}`);
}

/** The list where a wish goes that names none: the oldest one, made when there is none. Four statements at most. */
export async function firstWishlist(tx: TransactionContext, userId: string): Promise<{ id: string }> {
  await lockLists(tx, userId);
  const oldest = await tx.db
    .selectFrom('wishlists')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return oldest ?? insertList(tx, userId, FIRST_WISHLIST_NAME);
}

/** Lets one transaction at a time change how many lists a customer has, so that the cap holds. */
async function lockLists(tx: TransactionContext, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customers.wishlists:${userId}`}, 0))`.execute(
    tx.db,
  );
}

async function insertList(tx: TransactionContext, userId: string, name: string): Promise<{ id: string }> {
  const { lists } = await tx.db
    .selectFrom('wishlists')
    .select((eb) => eb.fn.countAll<number>().as('lists'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  if (Number(lists) >= MAX_WISHLISTS) {
    throw new DomainError('limit_reached', `a customer may keep ${MAX_WISHLISTS} wishlists`, {
      limit: MAX_WISHLISTS,
    });
  }
  const now = tx.clock.now();
  const made = await tx.db
    .insertInto('wishlists')
    .values({ id: tx.ids.next(), user_id: userId, name, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw nameTaken(name);
  return made;
}

function nameTaken(name: string, cause?: unknown): DomainError {
  return new DomainError('name_taken', `there is a list called ${name} already`, {}, { cause });
}

function isNameClash(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'wishlists_by_name';
}
