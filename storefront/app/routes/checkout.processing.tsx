import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { followPlacement } from '../lib/checkout.server.ts';
import { type RouteHandle, shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

/** Seconds between two looks. */
const PAUSE = 2;

export const handle: RouteHandle = { chrome: 'checkout' };
export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  ...pageMeta({ ...shopOf(matches), title: 'Your order is on its way' }),
  ...(data?.bankUrl ? [] : [{ httpEquiv: 'refresh', content: String(PAUSE) }]),
];

/** Leaves this page as soon as the outcome is known. */
export async function loader(args: LoaderFunctionArgs) {
  return { bankUrl: await followPlacement(args) };
}

export default function Processing() {
  const { bankUrl } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-2xl py-16 text-center lg:py-28">
      {bankUrl ? <BankWaits url={bankUrl} /> : <BankThinks />}
    </div>
  );
}

/** The shopper came back from the bank's page without an answer: both ways on are open. */
function BankWaits({ url }: { url: string }) {
  return (
    <>
      <h1 className="text-3xl lg:text-4xl">Your bank still waits for you.</h1>
      <p className="mt-4 text-lg text-muted">
        It wants to confirm that it is you who pays. Nothing is charged until you have.
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <a href={url} className="button">
          Go on to your bank
        </a>
        <Link to="/checkout/payment" className="button button-quiet">
          Pay another way
        </Link>
      </div>
    </>
  );
}

function BankThinks() {
  return (
    <>
      <div
        aria-hidden="true"
        className="mx-auto size-12 rounded-full border-4 border-line border-t-accent-deep motion-safe:animate-spin"
      />
      <h1 className="mt-8 text-3xl lg:text-4xl">Your bank is thinking it over.</h1>
      <p role="status" className="mt-4 text-lg text-muted">
        This takes a few seconds. The page goes on by itself: please do not pay again.
      </p>
    </>
  );
}
