import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SavedNote } from '../components/SavedNote.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Mails about carts' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).cart.remindersByToken.query({ token }));
}

/** The link alone stops nothing: scanners of mail open links. */
export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    await bffFor(args).cart.stopReminders.mutate({ token });
    return { isDone: true, problem: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data({ isDone: false, problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}

export default function CartMailsPage() {
  const { link } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around">
        Part of its address is missing. Open it from the mail once more, or write to us.
      </UsedLink>
    );
  }
  const isOver = result?.isDone === true || link.isStopped;
  return (
    <DoorFrame
      title="Mails about carts"
      lead={
        isOver
          ? 'No more mails about carts go to your address.'
          : 'We send one when you leave things in your cart and wanted to hear of it. You can stop them for good.'
      }
    >
      {result?.isDone && <SavedNote>Stopped. You get no more mails about carts.</SavedNote>}
      {result?.problem && <ErrorNote className="mb-6">{result.problem}</ErrorNote>}
      {isOver ? (
        <Link to="/" className="button">
          Look around
        </Link>
      ) : (
        <Form method="post">
          <SubmitButton className="w-full text-lg" busy="Stopping them…">
            Stop these mails
          </SubmitButton>
        </Form>
      )}
    </DoorFrame>
  );
}
