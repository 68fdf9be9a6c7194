import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { AddressLines } from '../components/AddressLines.tsx';
import { CancelOrder } from '../components/CancelOrder.tsx';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { FindOrder } from '../components/FindOrder.tsx';
import { OrderDocuments } from '../components/OrderDocuments.tsx';
import { OrderLines } from '../components/OrderLines.tsx';
import { OrderTimeline } from '../components/OrderTimeline.tsx';
import { OrderTotals } from '../components/OrderTotals.tsx';
import { PayOrder } from '../components/PayOrder.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import type { Order } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatDay } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { cancelRefusal, nextSteps, orderHeadline, paymentSentence } from '../lib/order-words.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { me } from '../lib/session.server.ts';

/** The address opens the order to whoever has it: no cache keeps it, no other site is told it. */
export const headers: HeadersFunction = () => ({
  'cache-control': 'private, no-store',
  // not none at all: forms of this page would not say then that they are ours
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex',
});

const tokenOf = (request: Request) => new URL(request.url).searchParams.get('token') || null;

export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? '';
  const token = tokenOf(args.request);
  const who = await me(args).catch((error: unknown) => failPage(args.context, error));
  // without the link of the mail it opens to the account that it belongs to
  if (token === null && who === null) throw redirect(`/orders?${new URLSearchParams({ number })}`, 303);
  try {
    const order = await bffFor(args).orders.get.query({ number, token });
    return { order, number, token, isLoggedIn: who !== null, requestId: crypto.randomUUID() };
  } catch (error) {
    if (refusalOf(error)?.code !== 'not_found') failPage(args.context, error);
    return data({ order: null, number, token, isLoggedIn: who !== null, requestId: '' }, { status: 404 });
  }
}

/** Cancels the order. */
export async function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? '';
  const token = tokenOf(args.request);
  const requestId = (await formOf(args)).get('requestId');
  try {
    await bffFor(args).orders.cancelMine.mutate({
      number,
      token,
      requestId: typeof requestId === 'string' && requestId !== '' ? requestId : null,
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || refusal.code === 'not_found') failPage(args.context, error);
    const message = refusal.code === 'conflict' ? cancelRefusal(refusal.data.reason) : messageFor(refusal);
    return data({ error: message }, { status: refusal.httpStatus });
  }
  return redirect(`/orders/${number}${queryOf(token)}`, 303);
}

function queryOf(token: string | null): string {
  return token === null ? '' : `?${new URLSearchParams({ token })}`;
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? pageMeta({ ...shopOf(matches), title: `Order ${data.number}` }) : [];

export default function OrderPage() {
  const { order, number, token, isLoggedIn, requestId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (order === null) {
    return (
      <DoorFrame
        title="This link opens no order"
        lead="It may be incomplete, or too old. We mail you one that works."
      >
        <FindOrder number={number} returnTo={`/orders/${number}`} />
      </DoorFrame>
    );
  }
  const query = queryOf(token);
  return (
    <>
      <Welcome order={order} />
      <div className="page mt-10 grid grid-cols-1 gap-12 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid content-start gap-10">
          {answer && <ErrorNote>{answer.error}</ErrorNote>}
          <PayOrder order={order} query={query} />
          <NextSteps order={order} />
          {order.isGuest && !isLoggedIn && <AccountInvite email={order.email} />}
          <Details order={order} />
          <OrderTimeline events={order.history} />
          <OrderDocuments order={order} query={query} />
          <CancelOrder order={order} requestId={requestId} />
        </div>
        <section
          aria-labelledby="lines"
          className="self-start rounded-picture bg-wash p-6 print:break-inside-avoid print:bg-transparent print:p-0"
        >
          <h2 id="lines" className="mb-6 text-xl">
            What you ordered on {formatDay(order.placedAt)}
          </h2>
          <OrderLines lines={order.lines} />
          <div className="mt-6 border-t border-line pt-4">
            <OrderTotals order={order} />
          </div>
        </section>
      </div>
    </>
  );
}

function Welcome({ order }: { order: Order }) {
  const firstName = order.shippingAddress.fullName.split(' ')[0] ?? '';
  const isCancelled = order.status === 'cancelled';
  return (
    <>
      <section className="bg-accent text-on-accent print:bg-transparent">
        <div className="page pt-10 pb-6 lg:pt-16 lg:pb-10 print:py-0">
          <p className="font-semibold">
            Order <span className="select-all">{order.number}</span>
          </p>
          <h1 className="mt-2 text-4xl lg:text-6xl">{orderHeadline(order, firstName)}</h1>
          <p className="mt-4 max-w-xl text-lg break-words">
            {isCancelled
              ? `Nothing will be sent. ${paymentSentence(order)}`
              : `We have your order.${order.email ? ` A confirmation goes to ${order.email}.` : ''}`}
          </p>
        </div>
      </section>
      <div className="awning-edge print:hidden" aria-hidden="true" />
    </>
  );
}

function NextSteps({ order }: { order: Order }) {
  const steps = nextSteps(order);
  return (
    <section aria-labelledby="next" className="print:hidden">
      {steps.length > 0 && (
        <>
          <h2 id="next" className="text-2xl">
            What happens next
          </h2>
          <ol className="mt-4 grid list-decimal gap-3 pl-5 leading-relaxed marker:font-semibold">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      <Link to="/" className={`button ${steps.length > 0 ? 'mt-6' : ''}`}>
        Back to the shop
      </Link>
    </section>
  );
}

/** Who registers with the address of a guest's order finds it in the account. */
function AccountInvite({ email }: { email: string }) {
  return (
    <section aria-labelledby="invite" className="rounded-picture bg-wash p-6 print:hidden">
      <h2 id="invite" className="text-xl">
        Keep it in an account?
      </h2>
      <p className="mt-2">
        Register with <strong className="break-all">{email}</strong>, and this order is there, with those to
        come and your address for the next time.
      </p>
      <Link
        to={`/register?${new URLSearchParams({ email, returnTo: '/account/orders' })}`}
        className="button button-quiet mt-4"
      >
        Create an account
      </Link>
    </section>
  );
}

function Details({ order }: { order: Order }) {
  const { pickup, name } = order.shippingMethod;
  return (
    <section aria-labelledby="details" className="grid gap-6 border-t border-line pt-8 sm:grid-cols-2">
      <h2 id="details" className="sr-only">
        Details
      </h2>
      {pickup === null ? (
        <div>
          <h3 className="mb-2 text-lg">Goes to</h3>
          <AddressLines address={order.shippingAddress} />
        </div>
      ) : (
        <div>
          <h3 className="mb-2 text-lg">You fetch it at</h3>
          <p className="font-semibold">{pickup.name}</p>
          <AddressLines address={{ ...pickup.address, fullName: '' }} />
          {pickup.hours.map((hours) => (
            <p key={hours} className="text-muted">
              {hours}
            </p>
          ))}
          <p className="mt-2">
            Say this code: <strong className="select-all">{order.number}</strong>
          </p>
        </div>
      )}
      <div>
        <h3 className="mb-2 text-lg">Billed to</h3>
        <AddressLines address={order.billingAddress} />
        {order.vatId && <p className="mt-1 text-muted">VAT ID {order.vatId}</p>}
      </div>
      <div>
        <h3 className="mb-2 text-lg">{pickup === null ? 'Delivery' : 'Pick-up'}</h3>
        <p>{name}</p>
      </div>
      <div>
        <h3 className="mb-2 text-lg">Payment</h3>
        <p>{paymentSentence(order)}</p>
      </div>
      {order.giftMessage && (
        <div>
          <h3 className="mb-2 text-lg">Your gift message</h3>
          <p className="break-words whitespace-pre-line">{order.giftMessage}</p>
        </div>
      )}
      {order.note && (
        <div>
          <h3 className="mb-2 text-lg">Your note to us</h3>
          <p className="break-words whitespace-pre-line">{order.note}</p>
        </div>
      )}
    </section>
  );
}
