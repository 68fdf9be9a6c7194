import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { Icon, type IconName } from '../components/Icon.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your account' });

export async function loader(args: LoaderFunctionArgs) {
  const { name, email } = await requireLogin(args);
  return { name, email };
}

const doors: readonly { to: string; icon: IconName; title: string; text: string }[] = [
  {
    to: '/account/addresses',
    icon: 'parcel',
    title: 'Addresses',
    text: 'Where your orders go, and who is billed.',
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
];

export default function AccountOverview() {
  const { name, email } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="text-4xl break-words lg:text-5xl">Hello, {name.split(' ')[0] || 'you'}.</h1>
      <p className="mt-2 text-muted break-words">You are logged in as {email}.</p>
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
