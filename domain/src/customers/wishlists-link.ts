import { z } from 'zod';
import { type Context, signValue, verifyValue } from '../kernel/index.ts';

const purpose = 'wishlist';
const signedList = z.tuple([
  z.uuid(),
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number),
]);

/** The address that opens a list to whoever holds it, until its serial grows. */
export function shareUrlOf(ctx: Context, list: { id: string; share_serial: number }): string {
  const token = signValue(ctx.config.secrets, purpose, `${list.id}.${list.share_serial}`);
  return `${ctx.config.shop.url}/wishlist/${token}`;
}

/** The list that a link opens now; undefined when it opens none. One statement. */
export async function listOfLink(ctx: Context, token: string) {
  const value = verifyValue(ctx.config.secrets, purpose, token);
  const named = signedList.safeParse(value?.split('.'));
  if (!named.success) return undefined;
  const [id, serial] = named.data;
  return ctx.db
    .selectFrom('wishlists')
    .select(['id', 'name', 'user_id as userId'])
    .where('id', '=', id)
    .where('share_serial', '=', serial)
    .where('is_shared', '=', true)
    .executeTakeFirst();
}
