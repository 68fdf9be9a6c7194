import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { followPlacement } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

/** Seconds between two looks. */
const PAUSE = 2;

export const handle: RouteHandle = { chrome: 'checkout' };
export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) => [
  ...pageMeta({ ...shopOf(matches), title: 'Your order is on its way' }),
  { httpEquiv: 'refresh', content: String(PAUSE) },
];

/** Leaves this page as soon as the outcome is known. */
export async function loader(args: LoaderFunctionArgs) {
  await followPlacement(args);
  return null;
}

export default function Processing() {
  return (
    <div className="page max-w-2xl py-16 text-center lg:py-28">
      <div
        aria-hidden="true"
        className="mx-auto size-12 rounded-full border-4 border-line border-t-accent-deep motion-safe:animate-spin"
      />
      <h1 className="mt-8 text-3xl lg:text-4xl">Your bank is thinking it over.</h1>
      <p role="status" className="mt-4 text-lg text-muted">
        This takes a few seconds. The page goes on by itself: please do not pay again.
      </p>
    </div>
  );
}
