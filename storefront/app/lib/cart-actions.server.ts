import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { type Bff, bffFor } from './bff.server.ts';
import { refusalOf } from './bff-errors.server.ts';
import { cartCookie } from './cart-cookie.server.ts';
import { codeMessage } from './cart-messages.ts';
import { cartNoteCookie } from './cart-note.server.ts';
import type { CartNote } from './cart-note.ts';
import { textOf } from './factor-forms.server.ts';
import { formOf } from './form.server.ts';
import { messageFor, type Refused } from './messages.ts';
import { safeReturnTo } from './return-to.ts';

/** What the cart answers to a form that stays on its page: `lineId` tells at which line a refusal is shown. */
export interface CartAnswer {
  /** Null when it was done. */
  readonly error: string | null;
  readonly intent: string;
  readonly lineId: string | null;
  /** As entered, where a code was refused. */
  readonly code?: string | undefined;
  /** A link to what is in the cart, just made. */
  readonly shared?: { readonly url: string; readonly expiresAt: Date } | undefined;
}

interface Done {
  readonly note?: CartNote;
  readonly shared?: CartAnswer['shared'];
  /** Of a guest's cart that was made. */
  readonly token?: string | null;
}

type Change = (cart: Bff['cart'], form: FormData) => Promise<Done | undefined>;

const lineOf = (form: FormData) => ({ lineId: textOf(form, 'lineId') });
const savedOf = (form: FormData) => ({ savedId: textOf(form, 'savedId') });
const nothing = () => undefined;

/** What can be done to a cart, by the `intent` of the form. */
const changes = new Map<string, Change>(
  Object.entries({
    quantity: (cart, form) =>
      cart.setQuantity.mutate({ ...lineOf(form), quantity: Number(form.get('quantity')) }).then(nothing),
    async remove(cart, form) {
      const removed = await cart.removeLine.mutate(lineOf(form));
      const title = textOf(form, 'title').slice(0, 120);
      return removed === null ? undefined : { note: { kind: 'removed', title, ...removed } };
    },
    async undo(cart, form) {
      const { token } = await cart.addLine.mutate({
        variantId: textOf(form, 'variantId'),
        quantity: Number(form.get('quantity')),
      });
      return { token };
    },
    accept: (cart, form) => cart.acceptChanges.mutate(form.has('lineId') ? lineOf(form) : {}).then(nothing),
    later: (cart, form) => cart.saveForLater.mutate(lineOf(form)).then(nothing),
    'move-to-cart': (cart, form) => cart.moveToCart.mutate(savedOf(form)).then(nothing),
    'remove-saved': (cart, form) => cart.removeSaved.mutate(savedOf(form)).then(nothing),
    code: (cart, form) => cart.enterCode.mutate({ code: textOf(form, 'code').trim() }).then(nothing),
    'remove-code': (cart, form) => cart.removeCode.mutate({ code: textOf(form, 'code') }).then(nothing),
    'remove-gift-card': (cart, form) =>
      cart.removeGiftCard.mutate({ giftCardId: textOf(form, 'giftCardId') }).then(nothing),
    place: (cart, form) =>
      cart.setPlace
        .mutate({
          place: {
            country: textOf(form, 'country'),
            region: '',
            postcode: textOf(form, 'postcode').trim().toUpperCase().slice(0, 12),
          },
        })
        .then(nothing),
    'forget-place': (cart) => cart.setPlace.mutate({ place: null }).then(nothing),
    share: async (cart) => ({ shared: await cart.share.mutate() }),
  } satisfies Record<string, Change>),
);

/**
 * Changes the cart as a form of any page asks for. Forms that `stay` are answered in place; others go on to the page that they name, with
 * a note of what the shopper should read there.
 */
export async function changeCart(args: ActionFunctionArgs) {
  const { context } = args;
  const form = await formOf(args);
  const intent = textOf(form, 'intent');
  const change = changes.get(intent);
  const returnTo = safeReturnTo(form.get('returnTo'), '/cart');
  const stays = form.get('stay') === '1';
  try {
    if (!change) return refuse({ code: 'invalid_input' }, 400);
    const done = await change(bffFor(args).cart, form);
    const headers = new Headers();
    if (done?.token) headers.append('set-cookie', cartCookie(done.token, context.shopUrl));
    if (done?.note) headers.append('set-cookie', cartNoteCookie(done.note, context.shopUrl));
    if (stays || done?.shared) {
      const { shared } = done ?? {};
      return data<CartAnswer>(
        { error: null, intent, lineId: null, ...(shared ? { shared } : {}) },
        { headers },
      );
    }
    return redirect(returnTo, { status: 303, headers });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refuse(refusal, refusal.httpStatus);
  }

  function refuse(refusal: Refused, status: number) {
    const code = textOf(form, 'code').slice(0, 100);
    const told = intent === 'code' ? codeMessage(refusal) : messageFor(refusal);
    if (!stays && returnTo !== '/cart') {
      const note = cartNoteCookie({ kind: 'code', error: told, code }, context.shopUrl);
      return redirect(returnTo, { status: 303, headers: { 'set-cookie': note } });
    }
    const lineId = textOf(form, 'lineId') || textOf(form, 'savedId') || null;
    return data<CartAnswer>({ error: told, intent, lineId, ...(code ? { code } : {}) }, { status });
  }
}
