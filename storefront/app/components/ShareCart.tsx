import { Form } from '@remix-run/react';
import { useState } from 'react';
import { formatLastDay } from '../lib/format.ts';
import { useHydrated } from '../lib/hydrated.ts';

/** Makes a link to what is in the cart, and shows it. */
export function ShareCart({ shared }: { shared: { url: string; expiresAt: Date } | null }) {
  return (
    <section aria-label="Share this cart" className="mt-4">
      {shared ? (
        <SharedLink {...shared} />
      ) : (
        <Form method="post" action="/cart" preventScrollReset>
          <button
            type="submit"
            name="intent"
            value="share"
            className="link inline-flex min-h-11 cursor-pointer items-center text-sm"
          >
            Share this cart by a link
          </button>
        </Form>
      )}
    </section>
  );
}

function SharedLink({ url, expiresAt }: { url: string; expiresAt: Date }) {
  const hydrated = useHydrated();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <div className="rounded-picture bg-wash p-4" role="status">
      <label htmlFor="shared-cart" className="font-semibold">
        Link to your cart
      </label>
      <div className="mt-2 flex flex-wrap gap-2">
        <input
          id="shared-cart"
          className="field min-w-0 grow basis-60"
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        {hydrated && (
          <button type="button" onClick={copy} className="button button-quiet">
            {isCopied ? 'Copied' : 'Copy'}
          </button>
        )}
      </div>
      <p className="mt-2 text-sm text-muted">
        It shows these things and quantities, and nothing about you, until {formatLastDay(expiresAt)}.
      </p>
    </div>
  );
}
