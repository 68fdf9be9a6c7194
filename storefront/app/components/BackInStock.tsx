import { useFetcher } from '@remix-run/react';
import type { Product, Variant } from '../lib/bff-types.ts';
import { useShop } from '../lib/chrome.ts';
import { useFocusOn } from '../lib/focus.ts';
import { optionParam } from '../lib/product-choice.ts';
import type { AlertAnswer } from '../lib/stock-alert.server.ts';
import { Icon } from './Icon.tsx';
import { SimpleField } from './SimpleField.tsx';

interface BackInStockProps {
  readonly product: Product;
  /** Sold out. */
  readonly variant: Variant;
  /** The answer to a form that was sent without scripts. */
  readonly answer: AlertAnswer | undefined;
}

/** Offers a mail when a variant can be bought again: one plain form. Who is logged in need not say where. */
export function BackInStock({ product, variant, answer }: BackInStockProps) {
  const fetcher = useFetcher<{ alert?: AlertAnswer }>();
  const isKnown = useShop()?.isLoggedIn === true;
  const isSending = fetcher.state !== 'idle';
  const given = fetcher.data?.alert ?? answer;
  const result = given?.variantId === variant.id && !isSending ? given : undefined;
  const note = useFocusOn<HTMLParagraphElement>(result?.outcome);
  const heading = `back-in-stock-${variant.id}`;
  const thing = product.options.length > 0 ? variant.title : 'it';
  return (
    <section aria-labelledby={heading} className="mt-6 rounded-control bg-wash p-4">
      <h2 id={heading} className="font-semibold">
        {`Tell me when ${thing} is back`}
      </h2>
      <div role="status">
        {result?.outcome && (
          <p ref={note} tabIndex={-1} className="mt-2 flex gap-3">
            <Icon name="check" className="mt-0.5 size-5 shrink-0 text-good" />
            <span className="min-w-0 break-words">{outcomeText(result)}</span>
          </p>
        )}
      </div>
      {!result?.outcome && (
        <fetcher.Form method="post" action={`/p/${product.handle}`} className="mt-1 grid gap-3" noValidate>
          <p className="text-sm text-muted">
            {isKnown
              ? 'One mail to the address of your account when it can be bought again, and no other.'
              : 'One mail when it can be bought again, and no other.'}
          </p>
          <input type="hidden" name="variant" value={variant.id} />
          {Object.entries(variant.options).map(([name, value]) => (
            <input key={name} type="hidden" name={optionParam(name)} value={value} />
          ))}
          <div className="flex flex-wrap items-end gap-3">
            {!isKnown && (
              <SimpleField
                key={result?.email ?? ''}
                id={`${heading}-email`}
                label="E-mail"
                name="email"
                type="email"
                autoComplete="email"
                inputMode="email"
                spellCheck={false}
                required
                maxLength={254}
                defaultValue={result?.email ?? ''}
                error={result?.error ?? null}
              />
            )}
            <button
              type="submit"
              name="intent"
              value="notify"
              className="button button-quiet"
              disabled={isSending}
            >
              {isSending ? 'Noting it…' : 'Tell me'}
            </button>
          </div>
          {isKnown && result?.error && (
            <p role="alert" className="text-sale">
              {result.error}
            </p>
          )}
        </fetcher.Form>
      )}
    </section>
  );
}

function outcomeText({ outcome, email }: AlertAnswer): string {
  if (outcome === 'in_stock') return 'It is back already: load the page again and put it in your cart.';
  return `Noted. We send one mail${email === '' ? '' : ` to ${email}`} when it is back. Those who asked first hear first; nothing is put aside.`;
}
