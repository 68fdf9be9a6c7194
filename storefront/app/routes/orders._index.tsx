import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { FindOrder } from '../components/FindOrder.tsx';
import { SavedNote } from '../components/SavedNote.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Find your order' });

export function loader({ request }: LoaderFunctionArgs) {
  return { number: new URL(request.url).searchParams.get('number') ?? '' };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const [number, email] = [String(form.get('number') ?? ''), String(form.get('email') ?? '')];
  try {
    await bffFor(args).orders.sendLink.mutate({ number, email });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code !== 'invalid_input') failPage(args.context, error);
    return { error: messageFor(refusal) };
  }
  return { sentTo: email };
}

export default function FindOrderPage() {
  const { number } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && 'sentTo' in answer) {
    return (
      <DoorFrame title="Look in your mail">
        <SavedNote>
          If there is an order with this number that was placed with {answer.sentTo}, the link to it is on the
          way.
        </SavedNote>
        <p className="text-muted">
          Nothing there after some minutes? Look among the junk, and check the number: it is in the first mail
          that you got.
        </p>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame
      title="Find your order"
      lead="Tell us its number and your e-mail: we mail you the link to its page."
    >
      {answer && <ErrorNote className="mb-6">{answer.error}</ErrorNote>}
      <FindOrder number={number} returnTo={number === '' ? '/account/orders' : `/orders/${number}`} />
    </DoorFrame>
  );
}
