import { Link } from '@remix-run/react';

/** Nobody needs an account to buy. Who has one finds their addresses and cards there. */
export function CheckoutLogin() {
  return (
    <p className="mb-4 text-sm text-muted">
      No account needed. Have one?{' '}
      <Link
        to={`/login?${new URLSearchParams({ returnTo: '/checkout/address' })}`}
        className="link inline-flex min-h-11 items-center text-ink"
      >
        Log in for your addresses
      </Link>
    </p>
  );
}
