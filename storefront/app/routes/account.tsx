import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Outlet } from '@remix-run/react';
import { AccountNav } from '../components/AccountNav.tsx';
import { requireLogin } from '../lib/session.server.ts';

/** What stands on these pages is of one person: nobody keeps it. */
export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });

/** Lets only those in who are logged in. Each page and action asks the bff besides, which decides by itself. */
export async function loader(args: LoaderFunctionArgs) {
  const { name, email } = await requireLogin(args);
  return { name, email };
}

export default function Account() {
  return (
    <div className="page grid grid-cols-1 gap-6 pt-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-16 lg:pt-12">
      <AccountNav />
      <div className="min-w-0 pb-12">
        <Outlet />
      </div>
    </div>
  );
}
