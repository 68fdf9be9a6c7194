import { type AppLoadContext, redirect } from '@remix-run/node';
import { cartHeaders } from './cart-cookie.server.ts';
import { cartNoteCookie } from './cart-note.server.ts';

/** Goes on to the cart that many things were put into at once, with a note of those that found no way into it. */
export function goToCart(
  { context }: { context: AppLoadContext },
  filled: { token: string | null; added: number; left: number },
) {
  const headers = cartHeaders(filled.token, context.shopUrl);
  if (filled.left > 0) {
    const { added, left } = filled;
    headers.append('set-cookie', cartNoteCookie({ kind: 'filled', added, left }, context.shopUrl));
  }
  return redirect('/cart', { status: 303, headers });
}
