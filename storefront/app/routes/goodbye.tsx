import type { MetaFunction } from '@remix-run/node';
import { Link } from '@remix-run/react';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Your account is gone' });

export default function Goodbye() {
  return (
    <div className="page py-16 lg:py-24">
      <h1 className="text-4xl lg:text-6xl">Your account is gone.</h1>
      <p className="mt-4 max-w-lg text-lg text-muted">
        All that was personal is deleted, and a last mail tells you so. You can still buy here as a guest, and
        you are welcome back whenever you like.
      </p>
      <Link to="/" className="button mt-8">
        To the shop
      </Link>
    </div>
  );
}
