import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { itemName, WishlistItemRow } from '../components/WishlistItemRow.tsx';
import { WishlistSettings } from '../components/WishlistSettings.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith } from '../lib/bff-errors.server.ts';
import type { WishlistItem, WishlistSummary } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { count } from '../lib/format.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';
import { refused, textOf, toCart } from '../lib/wishlist-form.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { wishlists } = bffFor(args);
  try {
    const [list, lists] = await Promise.all([
      wishlists.get.query({ wishlistId: args.params.id ?? '' }),
      wishlists.list.query(),
    ]);
    return { list, others: lists.filter((other) => other.id !== list.id) };
  } catch (error) {
    failPage(args.context, error);
  }
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { wishlists } = bffFor(args);
  const wishlistId = args.params.id ?? '';
  const intent = textOf(form, 'intent');
  const variantId = textOf(form, 'variantId');
  try {
    switch (intent) {
      case 'to-cart': {
        const one = variantId === '' ? null : variantId;
        const moved = await wishlists.toCart.mutate({ wishlistId, variantId: one, keeps: one === null });
        return toCart(args, moved, one ?? 'list');
      }
      case 'remove-item':
        await wishlists.removeItem.mutate({ wishlistId, variantId });
        break;
      case 'move':
        await wishlists.move.mutate({ fromId: wishlistId, toId: textOf(form, 'toId'), variantId });
        break;
      case 'rename':
        await wishlists.rename.mutate({ wishlistId, name: textOf(form, 'name') });
        break;
      case 'on':
      case 'off':
      case 'new-link':
        await wishlists.share.mutate({ wishlistId, sharing: intent });
        break;
      case 'delete':
        await wishlists.remove.mutate({ wishlistId });
        return redirect('/account/wishlists', 303);
      default:
        failWith(args.context, 400);
    }
  } catch (error) {
    return refused(args, error, variantId || (intent === 'rename' ? 'name' : 'list'));
  }
  return redirect(`/account/wishlists/${wishlistId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageMeta({ ...shopOf(matches), title: data?.list.name ?? 'Wishlist' });

export default function WishlistPage() {
  const { list, others } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const canBuy = list.items.some((item) => item.available > 0);
  const isAtItem = list.items.some((item) => item.variantId === answer?.at);
  return (
    <>
      <p>
        <Link to="/account/wishlists" className="link inline-flex min-h-11 items-center">
          All your wishlists
        </Link>
      </p>
      <h1 className="mt-1 text-4xl break-words">{list.name}</h1>
      <p className="mt-1 text-muted">{count(list.items.length, 'thing')}</p>
      {answer && !isAtItem && answer.at !== 'name' && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      {list.items.length === 0 ? (
        <p className="mt-8 rounded-picture bg-wash p-6">
          This list is empty. Press “Save to wishlist” beside anything you like.
        </p>
      ) : (
        <>
          {canBuy && (
            <Form method="post" className="mt-6">
              <input type="hidden" name="intent" value="to-cart" />
              <SubmitButton busy="Adding…">Add all that is available to the cart</SubmitButton>
            </Form>
          )}
          <ul className="mt-6 divide-y divide-line border-y border-line">
            {list.items.map((item) => (
              <WishlistItemRow
                key={item.variantId}
                item={item}
                error={answer?.at === item.variantId ? answer.error : null}
              >
                <ItemForm item={item} others={others} />
              </WishlistItemRow>
            ))}
          </ul>
        </>
      )}
      <WishlistSettings key={list.name} list={list} nameError={answer?.at === 'name' ? answer.error : null} />
    </>
  );
}

function ItemForm({ item, others }: { item: WishlistItem; others: readonly WishlistSummary[] }) {
  const name = itemName(item);
  const selectId = `move-${item.variantId}`;
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <input type="hidden" name="variantId" value={item.variantId} />
      {item.available > 0 && (
        <button type="submit" name="intent" value="to-cart" className="button button-small">
          Move to cart<span className="sr-only">: {name}</span>
        </button>
      )}
      <button
        type="submit"
        name="intent"
        value="remove-item"
        className="link inline-flex min-h-11 cursor-pointer items-center text-sm"
      >
        Remove<span className="sr-only"> {name}</span>
      </button>
      {others.length > 0 && (
        <span className="flex flex-wrap items-center gap-2">
          <label htmlFor={selectId} className="sr-only">
            Another list for {name}
          </label>
          <select id={selectId} name="toId" className="field w-44">
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {other.name}
              </option>
            ))}
          </select>
          <button type="submit" name="intent" value="move" className="button button-quiet button-small">
            Move<span className="sr-only"> {name} to that list</span>
          </button>
        </span>
      )}
    </Form>
  );
}
