import { Link, useFetcher, useNavigate } from '@remix-run/react';
import type { FormEvent } from 'react';
import type { Picture, Product, Variant } from '../lib/bff-types.ts';
import { useCartDrawer } from '../lib/cart-drawer.ts';
import { useFocusOn } from '../lib/focus.ts';
import { useHydrated } from '../lib/hydrated.ts';
import { optionParam, variantAfter, variantQuery } from '../lib/product-choice.ts';
import type { AddAnswer } from '../routes/p.$slug.tsx';
import { Icon } from './Icon.tsx';
import { OptionChoice } from './OptionChoice.tsx';
import { ProductPrice } from './ProductPrice.tsx';
import { SaleEnd } from './SaleEnd.tsx';
import { Stock } from './Stock.tsx';
import { TaxNote } from './TaxNote.tsx';

interface AddToCartProps {
  readonly product: Product;
  readonly variant: Variant;
  /** Names this one wish, so that a form sent twice adds once. */
  readonly requestId: string;
  /** The answer to a form that was sent without scripts. */
  readonly answer: AddAnswer | undefined;
}

const MOST_AT_ONCE = 10;

/**
 * Price, options, quantity and the button: one plain form. With scripts, price and picture follow each choice, and the cart opens beside
 * the page.
 */
export function AddToCart({ product, variant, requestId, answer }: AddToCartProps) {
  const fetcherKey = `add-${product.id}`;
  const fetcher = useFetcher<AddAnswer>({ key: fetcherKey });
  const openDrawer = useCartDrawer();
  const navigate = useNavigate();
  const hydrated = useHydrated();
  const result = fetcher.data ?? answer;
  const isSending = fetcher.state !== 'idle';
  const isSaving = isSending && fetcher.formData?.get('intent') === 'save';
  const error = useFocusOn<HTMLParagraphElement>(isSending ? null : result?.error);
  const isSoldOut = variant.available === 0;
  const isAhead = variant.sellingPolicy === 'preorder' && variant.sendable === 0;
  // Without scripts another variant may be chosen than the one shown: then all quantities are offered.
  const most = hydrated ? Math.min(MOST_AT_ONCE, Math.max(1, variant.available)) : MOST_AT_ONCE;
  const quantities = Array.from({ length: most }, (_, index) => index + 1);
  const choose = (name: string, value: string) => {
    const next = variantAfter(product, variant.options, { name, value });
    navigate(variantQuery(product, next), { replace: true, preventScrollReset: true });
  };
  const open = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    const button = submitterOf(event);
    if (!hydrated || button?.name === 'intent') return;
    openDrawer({
      fetcherKey,
      before: fetcher.data,
      opener: button,
      line: {
        variantId: variant.id,
        handle: product.handle,
        title: product.title,
        variantTitle: product.options.length > 0 ? variant.title : '',
        image: pictureOf(product, variant),
        unitPrice: variant.price,
        quantity: Number(form.get('quantity') ?? 1),
      },
    });
  };
  return (
    <fetcher.Form
      method="post"
      action={`/p/${product.handle}`}
      onSubmit={(event) => {
        if (isSending) event.preventDefault();
        else open(event);
      }}
      className="mt-4 grid gap-6"
    >
      <input type="hidden" name="requestId" value={requestId} />
      {hydrated && <input type="hidden" name="stay" value="1" />}
      <div>
        <p aria-live="polite" className="grid gap-0.5">
          <ProductPrice price={variant.price} compareAt={variant.compareAt} className="text-2xl" />
          <SaleEnd at={variant.saleEndsAt} />
        </p>
        <TaxNote />
      </div>
      {product.options.map((option) => (
        <OptionChoice
          key={option.name}
          param={optionParam(option.name)}
          option={option}
          product={product}
          current={variant.options}
          onChoose={(value) => choose(option.name, value)}
        />
      ))}
      <div>
        {product.options.length > 0 && (
          <button
            type="submit"
            formMethod="get"
            className="button button-quiet button-small without-scripts mb-5 flex w-fit"
          >
            Show price and stock of this choice
          </button>
        )}
        <Stock {...variant} />
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1 text-sm text-muted">
          Quantity
          <select name="quantity" className="field w-24" defaultValue="1" disabled={isSoldOut && hydrated}>
            {quantities.map((quantity) => (
              <option key={quantity}>{quantity}</option>
            ))}
          </select>
        </label>
        <button
          type="submit"
          className="button min-w-56 grow text-lg"
          disabled={hydrated && isSoldOut}
          aria-disabled={isSending || undefined}
        >
          {isSoldOut && hydrated
            ? 'Sold out'
            : isSending && !isSaving
              ? 'Adding…'
              : isAhead
                ? 'Pre-order'
                : 'Add to cart'}
        </button>
      </div>
      <button
        type="submit"
        name="intent"
        value="save"
        className="button button-quiet justify-self-start"
        disabled={isSending}
      >
        <Icon name="heart" />
        {isSaving ? 'Saving…' : 'Save to wishlist'}
      </button>
      {result?.error && !isSending && (
        <p
          ref={error}
          tabIndex={-1}
          role="alert"
          className="flex gap-3 rounded-control bg-alert-wash p-4 text-sale"
        >
          <Icon name="alert" className="mt-0.5 size-5" />
          {result.error}
        </p>
      )}
      <div role="status">
        {result?.saved && !isSending && (
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-wash p-4">
            <p className="flex min-w-0 gap-3">
              <Icon name="check" className="mt-0.5 size-5 text-good" />
              <span className="min-w-0 break-words">
                <strong className="font-semibold">Saved to your list:</strong> {result.saved.name}
              </span>
            </p>
            <Link
              to={`/account/wishlists/${result.saved.wishlistId}`}
              className="button button-quiet button-small"
            >
              View list
            </Link>
          </div>
        )}
      </div>
    </fetcher.Form>
  );
}

function submitterOf({ nativeEvent }: FormEvent): HTMLButtonElement | null {
  const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return submitter instanceof HTMLButtonElement ? submitter : null;
}

function pictureOf({ images }: Product, { imageKey }: Variant): Picture | null {
  return images.find(({ key }) => key === imageKey) ?? images[0] ?? null;
}
