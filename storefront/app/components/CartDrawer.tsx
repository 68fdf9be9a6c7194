import { Link, useFetcher, useLocation } from '@remix-run/react';
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { CartDrawerContext, type CartWish, cartWith, type WishAnswer } from '../lib/cart-drawer.ts';
import { useShop } from '../lib/chrome.ts';
import type { loader as cartLoader } from '../routes/cart.tsx';
import { CartDrawerLine } from './CartDrawerLine.tsx';
import { CartDrawerSums } from './CartDrawerSums.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Icon } from './Icon.tsx';

/** The second click of a double click must not close what the first one opened. */
const SETTLE_MS = 500;

/** Lets the pages within open the cart beside them when something is added; needs scripts, without them a form leads to the cart. */
export function CartDrawer({ children }: { children: ReactNode }) {
  const [wish, setWish] = useState<CartWish | null>(null);
  return (
    <CartDrawerContext.Provider value={setWish}>
      {children}
      {wish && <Drawer wish={wish} onClosed={() => setWish(null)} />}
    </CartDrawerContext.Provider>
  );
}

/** Opens at once with what is being added; what the server refuses is taken back, and said why. */
function Drawer({ wish, onClosed }: { wish: CartWish; onClosed: () => void }) {
  const dialog = useDialog();
  const { cart, answer, isPending } = useCartOf(wish);
  const refused = answer?.error ?? null;
  const { title, variantTitle, variantId } = wish.line;
  const name = variantTitle ? `${title}, ${variantTitle}` : title;
  const view = cart === undefined ? null : cartWith(cart, isPending ? wish.line : null, variantId);
  const openedAt = useRef(Date.now());
  const closeBeside = (event: MouseEvent) => {
    const isBeside = event.target === event.currentTarget && Date.now() - openedAt.current > SETTLE_MS;
    if (isBeside) dialog.current?.close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: for the keyboard there are Escape and the button
    <dialog
      ref={dialog}
      aria-labelledby="cart-drawer"
      onClick={closeBeside}
      onClose={() => {
        wish.opener?.focus();
        onClosed();
      }}
      className="m-0 ml-auto h-dvh max-h-none w-full max-w-md flex-col bg-ground text-ink backdrop:bg-black/50 open:flex motion-safe:transition-transform motion-safe:duration-200 motion-safe:starting:open:translate-x-full"
    >
      <div className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-5">
        <h2 id="cart-drawer" className="text-xl">
          Your cart
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="grid size-12 cursor-pointer place-items-center rounded-full hover:bg-wash"
        >
          <Icon name="close" className="size-6" />
          <span className="sr-only">Close, and keep shopping</span>
        </button>
      </div>
      <div className="grow overflow-y-auto overscroll-contain px-5" aria-busy={isPending}>
        {refused && <ErrorNote className="mt-4">{refused}</ErrorNote>}
        <p role="status" className={refused ? 'sr-only' : 'flex gap-3 pt-4'}>
          {!refused && !isPending && (
            <>
              <Icon name="check" className="mt-0.5 size-5 text-good" />
              <span className="min-w-0 break-words">
                <strong className="font-semibold">In your cart:</strong> {name}
              </span>
            </>
          )}
          {!refused && isPending && <span className="text-muted">Adding {name}…</span>}
        </p>
        {view && view.lines.length > 0 && (
          <ul className="divide-y divide-line">
            {view.lines.map((line) => (
              <CartDrawerLine
                key={line.variantId}
                line={line}
                isPending={isPending && line.variantId === variantId}
              />
            ))}
          </ul>
        )}
        {view?.lines.length === 0 && <p className="py-4 text-muted">Nothing is in your cart yet.</p>}
      </div>
      {view && view.lines.length > 0 && <CartDrawerSums view={view} isPending={isPending} />}
      {(view === null || view.lines.length === 0) && (
        <div className="border-t border-line p-5">
          <Link to="/cart" className="button button-quiet w-full">
            View cart
          </Link>
        </div>
      )}
    </dialog>
  );
}

/** A dialog that opens as it is mounted, and closes when one goes on to another page. */
function useDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { key } = useLocation();
  const openedOn = useRef(key);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  useEffect(() => {
    if (openedOn.current !== key) dialog.current?.close();
  }, [key]);
  return dialog;
}

/** The cart as it was, asked for while something is added to it, and asked for anew when that is done. */
function useCartOf(wish: CartWish) {
  const adding = useFetcher<WishAnswer>({ key: wish.fetcherKey });
  const { load, data, state } = useFetcher<typeof cartLoader>({ key: 'cart-drawer' });
  const isEmpty = (useShop()?.itemCount ?? 0) === 0;
  useEffect(() => load('/cart'), [load]);
  const answer = adding.data === wish.before ? undefined : adding.data;
  const isRefused = typeof answer?.error === 'string';
  // what was answered is in what is loaded only when both rest
  const isPending = !isRefused && (answer === undefined || adding.state !== 'idle' || state !== 'idle');
  const known = data === undefined && isEmpty ? null : data?.cart;
  return { cart: known, answer, isPending };
}
