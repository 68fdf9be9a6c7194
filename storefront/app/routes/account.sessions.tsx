import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Icon } from '../components/Icon.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import type { Session } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatMoment } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your devices' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const sessions = await bffFor(args)
    .sessions.list.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { sessions };
}

export async function action(args: ActionFunctionArgs) {
  const sessionId = (await formOf(args)).get('sessionId');
  const { sessions } = bffFor(args);
  try {
    if (typeof sessionId === 'string' && sessionId !== '') await sessions.end.mutate({ sessionId });
    else await sessions.endOthers.mutate();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    return data({ problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
  return redirect('/account/sessions', 303);
}

export default function Devices() {
  const { sessions } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <h1 className="text-4xl">Your devices</h1>
      <p className="mt-2 max-w-prose text-muted">
        Where you are logged in. If you do not know one of them, log it out and change your password.
      </p>
      {result && <ErrorNote className="mt-6">{result.problem}</ErrorNote>}
      <ul className="mt-8 divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <Device key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form method="post" className="mt-6">
          <SubmitButton className="button-quiet" busy="Logging out…">
            Log out everywhere else
          </SubmitButton>
        </Form>
      )}
    </>
  );
}

function Device({ session }: { session: Session }) {
  const name = session.device || (session.kind === 'mobile' ? 'An app' : 'An unknown device');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-5">
      <Icon name="device" className="size-7 text-muted" />
      <div className="min-w-0 basis-48 grow">
        <h2 className="font-sans text-lg font-semibold tracking-normal break-words">
          {name}
          {session.isCurrent && (
            <span className="ml-2 rounded-full bg-accent px-2.5 py-0.5 text-sm text-on-accent">This one</span>
          )}
        </h2>
        <p className="text-sm text-muted">
          Last seen{' '}
          <time dateTime={session.lastSeenAt.toISOString()}>{formatMoment(session.lastSeenAt)}</time>
          {session.network && <> from {session.network}</>}
        </p>
      </div>
      {!session.isCurrent && (
        <Form method="post">
          <input type="hidden" name="sessionId" value={session.id} />
          <button type="submit" className="button button-quiet button-small">
            Log out<span className="sr-only"> {name}</span>
          </button>
        </Form>
      )}
    </li>
  );
}
