import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { itemName, WishlistItemRow } from '../components/WishlistItemRow.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { count } from '../lib/format.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { refused, textOf, toCart } from '../lib/wishlist-form.server.ts';

/** The address opens the list to whoever has it: no cache keeps it, no other site is told it, no search engine either. */
export const headers: HeadersFunction = () => ({
  'cache-control': 'private, no-store',
  // our own forms still say where they come from
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex',
});

export async function loader(args: LoaderFunctionArgs) {
  try {
    return await bffFor(args).wishlists.shared.query({ token: args.params.token ?? '' });
  } catch (error) {
    failPage(args.context, error);
  }
}

export async function action(args: ActionFunctionArgs) {
  const variantId = textOf(await formOf(args), 'variantId') || null;
  try {
    const added = await bffFor(args).wishlists.sharedToCart.mutate({
      token: args.params.token ?? '',
      variantId,
    });
    return toCart(args, added, variantId ?? 'list');
  } catch (error) {
    return refused(args, error, variantId ?? 'list');
  }
}

function titleOf(list: { firstName: string; name: string }): string {
  return list.firstName === '' ? list.name : `${list.firstName}: ${list.name}`;
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta({ ...shopOf(matches), title: data ? titleOf(data) : 'Wishlist' });

export default function SharedWishlist() {
  const list = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const canBuy = list.items.some((item) => item.available > 0);
  const isAtItem = list.items.some((item) => item.variantId === answer?.at);
  return (
    <div className="page max-w-4xl pt-8 lg:pt-12">
      <p className="text-muted">
        {list.firstName === '' ? 'Somebody shares a wishlist' : `${list.firstName} shares a wishlist`}
      </p>
      <h1 className="mt-1 text-4xl break-words lg:text-5xl">{list.name}</h1>
      <p className="mt-1 text-muted">{count(list.items.length, 'thing')}</p>
      {answer && !isAtItem && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      {canBuy && (
        <Form method="post" className="mt-6">
          <SubmitButton busy="Adding…">Add all that is available to the cart</SubmitButton>
        </Form>
      )}
      {list.items.length === 0 ? (
        <p className="mt-8 rounded-picture bg-wash p-6">
          There is nothing on this list right now.{' '}
          <Link to="/" className="link">
            Look around the shop
          </Link>
          .
        </p>
      ) : (
        <ul className="mt-6 divide-y divide-line border-y border-line">
          {list.items.map((item) => (
            <WishlistItemRow
              key={item.variantId}
              item={item}
              error={answer?.at === item.variantId ? answer.error : null}
            >
              {item.available > 0 && (
                <Form method="post">
                  <input type="hidden" name="variantId" value={item.variantId} />
                  <button type="submit" className="button button-small">
                    Add to cart<span className="sr-only">: {itemName(item)}</span>
                  </button>
                </Form>
              )}
            </WishlistItemRow>
          ))}
        </ul>
      )}
    </div>
  );
}
