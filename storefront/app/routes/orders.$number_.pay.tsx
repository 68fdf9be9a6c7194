import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { orderLink } from '../lib/order-link.ts';
import { pageMeta } from '../lib/page-meta.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { number, token, page } = orderLink(args);
  try {
    const order = await bffFor(args).orders.get.query({ number, token });
    const isOpen = order.status !== 'cancelled' && order.payment.open.amount > 0;
    if (!isOpen) return redirect(page);
    return { number, page, open: order.payment.open };
  } catch (error) {
    failPage(args.context, error);
  }
}

/** Goes to the page of the payment service. A link that is only looked at, by a mail program say, opens none. */
export async function action(args: ActionFunctionArgs) {
  const { number, token, page } = orderLink(args);
  try {
    const { redirectUrl } = await bffFor(args).orders.pay.mutate({ number, token });
    return redirect(redirectUrl, 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || refusal.code === 'not_found') failPage(args.context, error);
    // it was paid or called off meanwhile: its page tells
    if (refusal.code === 'conflict') return redirect(page, 303);
    const text =
      refusal.code === 'unavailable'
        ? 'Payments are out of reach for a moment. Nothing was charged: try again in a minute.'
        : messageFor(refusal);
    return data({ error: text }, { status: refusal.httpStatus });
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, matches }) =>
  pageMeta({ ...shopOf(matches), title: loaded ? `Pay for order ${loaded.number}` : 'Pay for your order' });

export default function PayPage() {
  const { number, page, open } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <DoorFrame
      title={`Pay ${formatMoney(open)}`}
      lead={`For order ${number}. You enter your card, or choose another way, on the page of our payment service.`}
    >
      {answer && <ErrorNote className="mb-6">{answer.error}</ErrorNote>}
      <Form method="post">
        <SubmitButton className="w-full text-lg" busy="One moment…">
          Go on to pay
        </SubmitButton>
      </Form>
      <p className="mt-6">
        <Link to={page} className="link inline-flex min-h-11 items-center">
          Look at the order first
        </Link>
      </p>
    </DoorFrame>
  );
}
