import { Form, Link } from '@remix-run/react';
import type { Cart } from '../lib/bff-types.ts';
import { count } from '../lib/format.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { ProductImage } from './ProductImage.tsx';
import { ProductPrice } from './ProductPrice.tsx';

interface SavedForLaterProps {
  readonly saved: Cart['saved'];
  /** What was refused at a thing; null where nothing was. */
  readonly errorAt: (id: string) => string | null;
}

/** What the shopper keeps for another time. */
export function SavedForLater({ saved, errorAt }: SavedForLaterProps) {
  return (
    <section aria-labelledby="saved" className="mt-12">
      <h2 id="saved" className="text-2xl">
        Saved for later
      </h2>
      <p className="text-muted">{count(saved.length, 'thing')}</p>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {saved.map((line) => (
          <SavedLine key={line.id} line={line} error={errorAt(line.id)} />
        ))}
      </ul>
    </section>
  );
}

function SavedLine({ line, error }: { line: Cart['saved'][number]; error: string | null }) {
  const name = line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title;
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-4 py-4">
      <Link
        to={`/p/${line.handle}`}
        tabIndex={-1}
        aria-hidden="true"
        className="block aspect-square overflow-hidden rounded-control"
      >
        <ProductImage image={line.image} alt="" sizes="5rem" />
      </Link>
      <div className="grid content-start gap-1">
        <h3 className="font-sans text-base leading-snug font-semibold tracking-normal">
          <Link to={`/p/${line.handle}`} className="hover:underline">
            {name}
          </Link>
        </h3>
        <p className="text-sm text-muted">
          {line.unitPrice && <ProductPrice price={line.unitPrice} compareAt={line.compareAt} />}{' '}
          {line.quantity > 1 && `× ${line.quantity}`} {stockText(line)}
        </p>
        {error && <ErrorNote>{error}</ErrorNote>}
        <Form method="post" action="/cart" preventScrollReset className="flex flex-wrap items-center gap-x-4">
          <input type="hidden" name="savedId" value={line.id} />
          {line.available > 0 && (
            <button
              type="submit"
              name="intent"
              value="move-to-cart"
              className="button button-quiet button-small"
            >
              Move to cart<span className="sr-only">: {name}</span>
            </button>
          )}
          <button
            type="submit"
            name="intent"
            value="remove-saved"
            className="link inline-flex min-h-11 cursor-pointer items-center text-sm"
          >
            Remove<span className="sr-only">: {name}, which is saved for later</span>
          </button>
        </Form>
      </div>
    </li>
  );
}

function stockText({ available, quantity, unitPrice }: Cart['saved'][number]): string {
  if (unitPrice === null) return 'Not for sale here';
  if (available === 0) return '· sold out';
  return available < quantity ? `· only ${available} left` : '';
}
