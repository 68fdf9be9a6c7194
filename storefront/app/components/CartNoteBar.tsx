import { Form, Link, useLocation } from '@remix-run/react';
import { useRef } from 'react';
import type { CartNote } from '../lib/cart-note.ts';
import { useShop } from '../lib/chrome.ts';
import { count } from '../lib/format.ts';
import { Icon } from './Icon.tsx';

/** What is to be said once of the cart, on top of the page that follows: gone with the next one. */
export function CartNoteBar() {
  const note = useShop()?.cartNote ?? null;
  const { pathname } = useLocation();
  const told = useRef<{ note: CartNote; at: string } | null>(null);
  if (note !== null && told.current?.note !== note) told.current = { note, at: pathname };
  if (note === null || told.current?.at !== pathname || note.kind === 'code') return null;
  return (
    <div className="page pt-4">
      <div
        role="status"
        className="flex flex-wrap items-center gap-x-6 gap-y-2 rounded-control bg-note-wash p-4"
      >
        {note.kind === 'merged' && <Merged note={note} isOnCart={pathname === '/cart'} />}
        {note.kind === 'removed' && <Removed note={note} />}
        {note.kind === 'filled' && <Filled {...note} />}
      </div>
    </div>
  );
}

function Merged({ note, isOnCart }: { note: CartNote & { kind: 'merged' }; isOnCart: boolean }) {
  return (
    <>
      <Icon name="bag" className="size-6 self-start" />
      <div className="min-w-0 grow basis-60">
        <p className="font-semibold">Your cart holds what you put into it before and after logging in.</p>
        <ul className="mt-1">
          {note.changes.map(({ title, wanted, kept }) => (
            <li key={title} className="break-words">
              {kept === 0
                ? `${title}: sold out now, so it is kept for later.`
                : `${title}: ${kept} instead of ${wanted}, as there are no more.`}
            </li>
          ))}
          {note.more > 0 && <li>{count(note.more, 'more thing')} changed as well.</li>}
        </ul>
      </div>
      {!isOnCart && (
        <Link to="/cart" className="button button-quiet button-small">
          View cart
        </Link>
      )}
    </>
  );
}

function Filled({ added, left }: { added: number; left: number }) {
  return (
    <>
      <Icon name="bag" className="size-6" />
      <p className="min-w-0 grow basis-60">
        {count(added, 'thing')} of the shared cart {added === 1 ? 'is' : 'are'} in yours.{' '}
        {count(left, 'other')} could not be added: sold out, not for sale here, or your cart is full.
      </p>
    </>
  );
}

function Removed({ note }: { note: CartNote & { kind: 'removed' } }) {
  return (
    <>
      <p className="min-w-0 grow break-words">
        Removed: <strong className="font-semibold">{note.title}</strong>
      </p>
      <Form method="post" action="/cart">
        <input type="hidden" name="variantId" value={note.variantId} />
        <input type="hidden" name="quantity" value={note.quantity} />
        <button type="submit" name="intent" value="undo" className="button button-quiet button-small">
          Undo<span className="sr-only">: put {note.title} back</span>
        </button>
      </Form>
    </>
  );
}
