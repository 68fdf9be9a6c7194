import { type Context, signValue, verifyValue } from '../kernel/index.ts';

const purpose = 'cart';

/** The token that a guest keeps in a cookie: the cart's id, signed, so that nobody can ask for another's cart. */
export function signCartToken(ctx: Context, cartId: string): string {
  return signValue(ctx.config.secrets, purpose, cartId);
}

/** Tokens that were found to be ours: a guest sends theirs with every request. Those of one set of secrets; a process has one. */
const verified = new WeakMap<Context['config']['secrets'], Map<string, string>>();
const MOST_VERIFIED = 10_000;

/** The cart that a token names, or null when it is not one of ours. */
export function readCartToken(ctx: Context, token: string): string | null {
  const { secrets } = ctx.config;
  const known = verified.get(secrets) ?? new Map<string, string>();
  verified.set(secrets, known);
  const remembered = known.get(token);
  if (remembered !== undefined) return remembered;
  const cartId = verifyValue(secrets, purpose, token);
  if (cartId === null) return null;
  if (known.size >= MOST_VERIFIED) known.clear();
  known.set(token, cartId);
  return cartId;
}
