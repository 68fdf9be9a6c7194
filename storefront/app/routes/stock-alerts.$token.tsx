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
import { count } from '../lib/format.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Mails about stock' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).stockAlerts.byToken.query({ token }));
}

/** The link alone stops nothing: scanners of mail open links. */
export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    await bffFor(args).stockAlerts.stop.mutate({ token });
    return { isDone: true, problem: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data({ isDone: false, problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}

export default function StockAlertsPage() {
  const { link } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around">
        This link worked for a month after the mail. If you still get mails that you do not want, write to us.
      </UsedLink>
    );
  }
  const isOver = result?.isDone === true || link.waiting === 0;
  return (
    <DoorFrame
      title="Mails about stock"
      lead={
        isOver
          ? 'There is nothing that you wait for, so no such mail will come.'
          : `You wait for ${count(link.waiting, 'thing')} more to come back, with one mail about each.`
      }
    >
      {result?.isDone && <SavedNote>Stopped. You get no more mails about stock.</SavedNote>}
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
