import { Link } from '@remix-run/react';

/** From a page about one thing of an account's security to all of it. */
export function SecurityBackLink() {
  return (
    <p>
      <Link to="/account/security" className="link inline-flex min-h-11 items-center">
        Back to security
      </Link>
    </p>
  );
}
