import { type Context, signValue, verifyValue } from '../kernel/index.ts';

const purpose = 'cart';

/** The token that a guest keeps in a cookie: the cart's id, signed, so that nobody can ask for another's cart. */
export function signCartToken(ctx: Context, cartId: string): string {
  return signValue(ctx.config.secrets, purpose, cartId);
}

/** The cart that a token names, or null when it is not one of ours. */
export function readCartToken(ctx: Context, token: string): string | null {
  return verifyValue(ctx.config.secrets, purpose, token);
}
