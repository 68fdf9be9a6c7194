import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ProductImage } from '../components/ProductImage.tsx';
import { SimpleField } from '../components/SimpleField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import type { WishlistSummary } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { count } from '../lib/format.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';
import { refused, textOf } from '../lib/wishlist-form.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your wishlists' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const lists = await bffFor(args)
    .wishlists.list.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { lists };
}

export async function action(args: ActionFunctionArgs) {
  const name = textOf(await formOf(args), 'name');
  try {
    const { id } = await bffFor(args).wishlists.create.mutate({ name });
    return redirect(`/account/wishlists/${id}`, 303);
  } catch (error) {
    return refused(args, error, 'name');
  }
}

export default function Wishlists() {
  const { lists } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1 className="text-4xl">Your wishlists</h1>
      <p className="mt-2 max-w-prose text-muted">
        Keep what you like, and share a list when somebody asks what you wish for.
      </p>
      {lists.length === 0 ? (
        <p className="mt-8 rounded-picture bg-wash p-6">
          Nothing here yet. Press “Save to wishlist” beside anything you like, or start a list below.
        </p>
      ) : (
        <ul className="mt-8 grid gap-4 sm:grid-cols-2">
          {lists.map((list) => (
            <ListCard key={list.id} list={list} />
          ))}
        </ul>
      )}
      <Form method="post" className="mt-10 max-w-lg border-t border-line pt-8">
        <h2 className="text-xl">Start a new list</h2>
        <div className="mt-4 flex flex-wrap items-end gap-3">
          <SimpleField
            id="new-list-name"
            name="name"
            label="Name"
            required
            maxLength={60}
            autoComplete="off"
            error={answer?.error ?? null}
          />
          <SubmitButton busy="Making it…">Make the list</SubmitButton>
        </div>
      </Form>
    </>
  );
}

function ListCard({ list }: { list: WishlistSummary }) {
  return (
    <li className="relative rounded-picture border border-line p-4 hover:border-ink">
      <div className="grid grid-cols-4 gap-2" aria-hidden="true">
        {list.images.map((image) => (
          <div key={image.key} className="aspect-square overflow-hidden rounded-control">
            <ProductImage image={image} alt="" sizes="6rem" />
          </div>
        ))}
        {list.images.length === 0 && <div className="col-span-4 h-20 rounded-control bg-wash" />}
      </div>
      <h2 className="mt-3 text-xl break-words">
        <Link to={`/account/wishlists/${list.id}`} className="after:absolute after:inset-0">
          {list.name}
        </Link>
      </h2>
      <p className="text-muted">
        {count(list.itemCount, 'thing')}
        {list.isShared && ', shared by link'}
      </p>
    </li>
  );
}
