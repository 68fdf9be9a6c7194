import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { ProductImage } from '../components/ProductImage.tsx';
import { ProductPrice } from '../components/ProductPrice.tsx';
import { SimpleField } from '../components/SimpleField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';
import { refused, textOf } from '../lib/wishlist-form.server.ts';

const NEW_LIST = 'new';
const wished = z.object({ product: z.string().min(1).max(200), variant: z.uuid() });

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Save to wishlist' });

/** Where somebody comes back to who wished for something before they logged in: the wish is in the address. */
export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const wish = wished.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  if (!wish.success) failWith(args.context, 404);
  const bff = bffFor(args);
  const [product, lists] = await Promise.all([
    bff.catalog.product.query({ slug: wish.data.product }),
    bff.wishlists.list.query(),
  ]).catch((error: unknown) => failPage(args.context, error));
  const variant = product.variants.find(({ id }) => id === wish.data.variant);
  if (variant === undefined) failWith(args.context, 404);
  const image = product.images.find(({ key }) => key === variant.imageKey) ?? product.images[0] ?? null;
  return { product: { title: product.title, handle: product.handle }, variant, image, lists };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { wishlists } = bffFor(args);
  const variantId = textOf(form, 'variant');
  const chosen = textOf(form, 'list');
  try {
    const wishlistId =
      chosen === NEW_LIST
        ? (await wishlists.create.mutate({ name: textOf(form, 'name') })).id
        : chosen === ''
          ? null
          : chosen;
    const saved = await wishlists.add.mutate({ wishlistId, variantId });
    return redirect(`/account/wishlists/${saved.wishlistId}`, 303);
  } catch (error) {
    return refused(args, error, chosen === NEW_LIST ? 'name' : 'list');
  }
}

export default function SaveWish() {
  const { product, variant, image, lists } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1 className="text-4xl">Save to wishlist</h1>
      {answer?.at === 'list' && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      <div className="mt-6 grid max-w-xl grid-cols-[6rem_minmax(0,1fr)] items-center gap-4">
        <div className="aspect-square overflow-hidden rounded-picture">
          <ProductImage image={image} alt="" sizes="6rem" />
        </div>
        <div>
          <h2 className="font-sans text-lg font-semibold tracking-normal">
            <Link to={`/p/${product.handle}`} className="hover:underline">
              {product.title}
            </Link>
          </h2>
          {Object.keys(variant.options).length > 0 && <p className="text-muted">{variant.title}</p>}
          <ProductPrice price={variant.price} compareAt={variant.compareAt} />
        </div>
      </div>
      <Form method="post" className="mt-6 max-w-xl">
        <input type="hidden" name="variant" value={variant.id} />
        {lists.length > 0 && (
          <fieldset>
            <legend className="font-medium">Which list?</legend>
            {lists.map((list, index) => (
              <label key={list.id} className="flex min-h-11 items-center gap-3 break-words">
                <input
                  type="radio"
                  name="list"
                  value={list.id}
                  defaultChecked={index === 0}
                  className="tick"
                />
                {list.name}
              </label>
            ))}
            <label className="flex min-h-11 items-center gap-3">
              <input type="radio" name="list" value={NEW_LIST} className="tick" />A new list
            </label>
            <SimpleField
              id="new-list-name"
              name="name"
              label="Name of the new list"
              maxLength={60}
              autoComplete="off"
              error={answer?.at === 'name' ? answer.error : null}
            />
          </fieldset>
        )}
        <SubmitButton className="mt-6" busy="Saving…">
          Save it
        </SubmitButton>
      </Form>
    </>
  );
}
