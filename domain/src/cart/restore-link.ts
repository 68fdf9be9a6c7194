import { type Context, signValue, verifyValue } from '../kernel/index.ts';

const PURPOSE = 'cart-restore';

/** The link in a mail that brings a cart back. It opens no more than the list of what was in it: see `restoreCart`. */
export function restoreUrl(ctx: Pick<Context, 'config'>, cartId: string): string {
  return `${ctx.config.shop.url}/cart/restore/${signValue(ctx.config.secrets, PURPOSE, cartId)}`;
}

/** The cart that such a link names; null when it is none of ours. */
export function readRestoreToken(ctx: Pick<Context, 'config'>, token: string): string | null {
  return verifyValue(ctx.config.secrets, PURPOSE, token);
}
