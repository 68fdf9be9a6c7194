import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { Icon, type IconName } from '../components/Icon.tsx';
import { OrderList } from '../components/OrderList.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import type { MyOrder } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your account' });

const LATEST = 3;

export async function loader(args: LoaderFunctionArgs) {
  const { name, email } = await requireLogin(args);
  const orders = await bffFor(args)
    .orders.mine.query({ limit: LATEST })
    .catch((error: unknown) => failPage(args.context, error));
  return { name, email, orders: orders.items };
}

const doors: readonly { to: string; icon: IconName; title: string; text: string }[] = [
  {
    to: '/account/orders',
    icon: 'bag',
    title: 'Orders',
    text: 'All that you ordered, with invoices and receipts.',
  },
  {
    to: '/account/addresses',
    icon: 'parcel',
    title: 'Addresses',
    text: 'Where your orders go, and who is billed.',
  },
  {
    to: '/account/payment-methods',
    icon: 'card',
    title: 'Cards',
    text: 'Cards that you keep for next time.',
  },
  {
    to: '/account/wishlists',
    icon: 'heart',
    title: 'Wishlists',
    text: 'What you want to keep in mind, or share.',
  },
  {
    to: '/account/profile',
    icon: 'person',
    title: 'Profile',
    text: 'Your name, phone, language and mail from us.',
  },
  { to: '/account/security', icon: 'lock', title: 'Security', text: 'Password, second factor and passkeys.' },
  {
    to: '/account/sessions',
    icon: 'device',
    title: 'Devices',
    text: 'Where you are logged in, and the way to end it.',
  },
  {
    to: '/account/privacy',
    icon: 'eye',
    title: 'Privacy',
    text: 'A copy of what we keep of you, and how to leave.',
  },
];

export default function AccountOverview() {
  const { name, email, orders } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="text-4xl break-words lg:text-5xl">Hello, {name.split(' ')[0] || 'you'}.</h1>
      <p className="mt-2 text-muted break-words">You are logged in as {email}.</p>
      <LatestOrders orders={orders} />
      <ul className="mt-8 grid gap-4 sm:grid-cols-2">
        {doors.map(({ to, icon, title, text }) => (
          <li key={to} className="relative rounded-picture border border-line p-5 hover:border-ink">
            <Icon name={icon} className="size-6" />
            <h2 className="mt-3 text-xl">
              <Link to={to} className="after:absolute after:inset-0">
                {title}
              </Link>
            </h2>
            <p className="mt-1 text-muted">{text}</p>
          </li>
        ))}
      </ul>
      <Form method="post" action="/logout" className="mt-8 lg:hidden">
        <button type="submit" className="button button-quiet w-full">
          Log out
        </button>
      </Form>
    </>
  );
}

function LatestOrders({ orders }: { orders: readonly MyOrder[] }) {
  return (
    <section aria-labelledby="latest-orders" className="mt-8">
      <h2 id="latest-orders" className="text-2xl">
        Your latest orders
      </h2>
      {orders.length === 0 ? (
        <p className="mt-3 rounded-picture bg-wash p-5">
          None yet.{' '}
          <Link to="/" className="link">
            Look around the shop
          </Link>
        </p>
      ) : (
        <OrderList orders={orders} />
      )}
    </section>
  );
}
