import { Form, Link, NavLink, useLocation } from '@remix-run/react';
import { Icon } from './Icon.tsx';

const pages = [
  ['/account', 'Overview'],
  ['/account/orders', 'Orders'],
  ['/account/profile', 'Profile'],
  ['/account/addresses', 'Addresses'],
  ['/account/payment-methods', 'Cards'],
  ['/account/wishlists', 'Wishlists'],
  ['/account/security', 'Security'],
  ['/account/sessions', 'Devices'],
  ['/account/privacy', 'Privacy'],
] as const;

/** The account's pages: a column beside them on a wide screen. On a phone the overview lists them, and each leads back there. */
export function AccountNav() {
  const isOverview = useLocation().pathname === '/account';
  return (
    <>
      {!isOverview && (
        <Link
          to="/account"
          className="link -mb-4 inline-flex min-h-11 items-center gap-1 justify-self-start lg:hidden"
        >
          <Icon name="back" className="size-4" />
          Your account
        </Link>
      )}
      <nav aria-label="Account" className="hidden lg:sticky lg:top-6 lg:block lg:self-start">
        <ul className="grid gap-1">
          {pages.map(([to, label]) => (
            <li key={to}>
              <NavLink
                to={to}
                end={to === '/account'}
                className="block rounded-full px-4 py-2.5 font-medium hover:bg-wash aria-[current=page]:bg-accent aria-[current=page]:text-on-accent"
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
        <Form method="post" action="/logout" className="mt-2 border-t border-line pt-4">
          <button type="submit" className="link px-4 py-2">
            Log out
          </button>
        </Form>
      </nav>
    </>
  );
}
