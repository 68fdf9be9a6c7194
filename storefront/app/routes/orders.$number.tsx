import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { AddressLines } from '../components/AddressLines.tsx';
import { OrderSummary } from '../components/OrderSummary.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import type { Order } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { cardName, formatDay, formatDays, formatMoment } from '../lib/format.ts';
import { orderEventMessage } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';

/** The address opens the order to whoever has it: no cache keeps it, no other site is told it. */
export const headers: HeadersFunction = () => ({
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
});

export async function loader(args: LoaderFunctionArgs) {
  const token = new URL(args.request.url).searchParams.get('token');
  // Without the link of the mail it opens to the account that it belongs to.
  if (!token) await requireLogin(args);
  try {
    return { order: await bffFor(args).orders.get.query({ number: args.params.number ?? '', token }) };
  } catch (error) {
    failPage(args.context, error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? pageMeta({ ...shopOf(matches), title: `Order ${data.order.number}` }) : [];

const paymentTexts: Record<Order['paymentStatus'], string> = {
  awaiting: 'Not paid yet',
  authorised: 'Authorised: charged in a moment',
  paid: 'Paid',
  voided: 'Called off: nothing was charged',
  partially_refunded: 'Refunded in part',
  refunded: 'Refunded',
};

export default function OrderPage() {
  const { order } = useLoaderData<typeof loader>();
  const isCancelled = order.status === 'cancelled';
  const firstName = order.shippingAddress.fullName.split(' ')[0];
  return (
    <>
      <section className="bg-accent text-on-accent">
        <div className="page pt-10 pb-6 lg:pt-16 lg:pb-10">
          <p className="font-semibold">
            Order <span className="select-all">{order.number}</span>
          </p>
          <h1 className="mt-2 text-4xl lg:text-6xl">
            {isCancelled
              ? 'This order was cancelled.'
              : firstName
                ? `Thank you, ${firstName}.`
                : 'Thank you.'}
          </h1>
          <p className="mt-4 max-w-xl text-lg break-words">
            {isCancelled
              ? 'Nothing will be sent, and you pay nothing for it.'
              : `We have your order.${order.email ? ` A confirmation goes to ${order.email}.` : ''}`}
          </p>
        </div>
      </section>
      <div className="awning-edge" aria-hidden="true" />
      <div className="page mt-10 grid grid-cols-1 gap-12 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid content-start gap-10">
          {!isCancelled && <NextSteps order={order} />}
          <section aria-labelledby="details" className="grid gap-6 border-t border-line pt-8 sm:grid-cols-2">
            <h2 id="details" className="sr-only">
              Details
            </h2>
            <div>
              <h3 className="mb-2 text-lg">Goes to</h3>
              <AddressLines address={order.shippingAddress} />
            </div>
            <div>
              <h3 className="mb-2 text-lg">Billed to</h3>
              <AddressLines address={order.billingAddress} />
            </div>
            <div>
              <h3 className="mb-2 text-lg">Delivery</h3>
              <p>
                {order.shippingMethod.name},{' '}
                {formatDays(order.shippingMethod.minDays, order.shippingMethod.maxDays)}
              </p>
            </div>
            <div>
              <h3 className="mb-2 text-lg">Payment</h3>
              {order.card && <p>{cardName(order.card)}</p>}
              <p className="text-muted">{paymentTexts[order.paymentStatus]}</p>
            </div>
          </section>
          <History events={order.history} />
        </div>
        <section aria-labelledby="lines" className="self-start rounded-picture bg-wash p-6">
          <h2 id="lines" className="mb-6 text-xl">
            What you ordered on {formatDay(order.placedAt)}
          </h2>
          <OrderSummary lines={order.lines} totals={order} />
        </section>
      </div>
    </>
  );
}

function NextSteps({ order }: { order: Order }) {
  return (
    <section aria-labelledby="next">
      <h2 id="next" className="text-2xl">
        What happens next
      </h2>
      <ol className="mt-4 grid list-decimal gap-3 pl-5 leading-relaxed marker:font-semibold">
        <li>We pack your things, usually within a working day.</li>
        <li>
          They reach you {formatDays(order.shippingMethod.minDays, order.shippingMethod.maxDays)} after that,
          and the courier tells you when.
        </li>
        <li>Keep this page or the mail: its link shows how the order stands, without an account.</li>
      </ol>
      <Link to="/" className="button mt-6">
        Back to the shop
      </Link>
    </section>
  );
}

function History({ events }: { events: Order['history'] }) {
  if (events.length === 0) return null;
  return (
    <section aria-labelledby="history" className="border-t border-line pt-8">
      <h2 id="history" className="text-lg">
        History
      </h2>
      <ol className="mt-3 grid gap-2">
        {events.map((event) => (
          <li key={`${event.type}-${event.occurredAt.toISOString()}`} className="flex flex-wrap gap-x-4">
            <time dateTime={event.occurredAt.toISOString()} className="text-muted tabular-nums">
              {formatMoment(event.occurredAt)}
            </time>
            <span>{orderEventMessage(event.type)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
