import { Form, NavLink } from '@remix-run/react';

const pages = [
  ['/account', 'Overview'],
  ['/account/profile', 'Profile'],
  ['/account/addresses', 'Addresses'],
  ['/account/wishlists', 'Wishlists'],
  ['/account/security', 'Security'],
  ['/account/sessions', 'Devices'],
  ['/account/privacy', 'Privacy'],
] as const;

/** The account's pages: a row to scroll on a phone, a column beside the page on a wide screen. */
export function AccountNav() {
  return (
    <nav aria-label="Account" className="lg:sticky lg:top-6 lg:self-start">
      <ul className="account-nav -mx-4 flex gap-1 overflow-x-auto px-4 pb-2 lg:mx-0 lg:flex-col lg:px-0">
        {pages.map(([to, label]) => (
          <li key={to} className="flex-none">
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
      <Form method="post" action="/logout" className="mt-2 hidden border-t border-line pt-4 lg:block">
        <button type="submit" className="link px-4 py-2">
          Log out
        </button>
      </Form>
    </nav>
  );
}
