import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { OrderList } from '../components/OrderList.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your orders' });

const statuses = [
  ['all', 'All'],
  ['open', 'Under way'],
  ['cancelled', 'Cancelled'],
] as const;
type Status = (typeof statuses)[number][0];

function statusOf(text: string | null): Status {
  return statuses.find(([status]) => status === text)?.[0] ?? 'all';
}

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { searchParams } = new URL(args.request.url);
  const search = (searchParams.get('q') ?? '').trim().slice(0, 40);
  const status = statusOf(searchParams.get('status'));
  const cursor = searchParams.get('after') || null;
  const { items, nextCursor } = await bffFor(args)
    .orders.mine.query({ search, status, cursor })
    .catch((error: unknown) => failPage(args.context, error));
  return { orders: items, nextCursor, search, status, isFirst: cursor === null };
}

function addressOf(search: string, status: Status, after?: string): string {
  const query = new URLSearchParams({
    ...(search === '' ? {} : { q: search }),
    ...(status === 'all' ? {} : { status }),
    ...(after === undefined ? {} : { after }),
  });
  return query.size === 0 ? '/account/orders' : `/account/orders?${query}`;
}

export default function OrdersPage() {
  const { orders, nextCursor, search, status, isFirst } = useLoaderData<typeof loader>();
  const isFiltered = search !== '' || status !== 'all';
  const hasNone = orders.length === 0 && isFirst && !isFiltered;
  return (
    <>
      <h1 className="text-4xl">Your orders</h1>
      {!hasNone && <Filters search={search} status={status} />}
      {hasNone && (
        <div className="mt-8 rounded-picture bg-wash p-6">
          <p>Nothing yet. What you order is kept here, with its invoices.</p>
          <p className="mt-2 text-muted">
            Ordered as a guest? Orders with your e-mail address came along when you confirmed it.
          </p>
          <Link to="/" className="button mt-5">
            Look around the shop
          </Link>
        </div>
      )}
      {orders.length > 0 && <OrderList orders={orders} />}
      {orders.length === 0 && !hasNone && (
        <p role="status" className="mt-6 rounded-picture bg-wash p-6">
          No order fits.{' '}
          <Link to="/account/orders" className="link">
            Show all of them
          </Link>
        </p>
      )}
      <nav aria-label="Pages" className="mt-8 flex flex-wrap gap-3">
        {!isFirst && (
          <Link to={addressOf(search, status)} className="button button-quiet">
            To the latest
          </Link>
        )}
        {nextCursor !== null && (
          <Link to={addressOf(search, status, nextCursor)} rel="next" className="button button-quiet">
            Older orders
          </Link>
        )}
      </nav>
    </>
  );
}

function Filters({ search, status }: { search: string; status: Status }) {
  return (
    <div className="mt-6 mb-4 flex flex-wrap items-end justify-between gap-4">
      <nav aria-label="Which orders">
        <ul className="flex flex-wrap gap-1">
          {statuses.map(([value, label]) => (
            <li key={value}>
              <Link
                to={addressOf(search, value)}
                aria-current={value === status ? 'page' : undefined}
                className="inline-flex min-h-11 items-center rounded-full px-4 font-medium hover:bg-wash aria-[current=page]:bg-accent aria-[current=page]:text-on-accent"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Form method="get" className="flex items-end gap-2">
        {status !== 'all' && <input type="hidden" name="status" value={status} />}
        <label className="font-medium">
          Number
          <input
            type="search"
            name="q"
            defaultValue={search}
            maxLength={40}
            autoComplete="off"
            placeholder="000123"
            className="field mt-1"
          />
        </label>
        <button type="submit" className="button button-quiet">
          Find
        </button>
      </Form>
    </div>
  );
}
