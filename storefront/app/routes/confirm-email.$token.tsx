import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
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
  pageMeta({ ...shopOf(matches), title: 'Change of e-mail' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).identity.pendingEmailChange.query({ token }));
}

export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    const { progress, email } = await bffFor(args).identity.confirmEmailChange.mutate({ token });
    return { progress, email, problem: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isTaken = refusal.code === 'conflict';
    const problem = isTaken
      ? 'This address has an account of its own by now. Nothing was changed.'
      : messageFor(refusal);
    return data({ progress: null, email: '', problem }, { status: refusal.httpStatus });
  }
}

const done = {
  'waits-for-old-address': {
    title: 'Thank you, that is yours',
    text: 'One thing is left: open the link that we sent to your old address, to approve the change.',
  },
  'waits-for-new-address': {
    title: 'Thank you, that is approved',
    text: 'One thing is left: open the link that we sent to your new address, to show that it is yours.',
  },
  changed: {
    title: 'Your e-mail has changed',
    text: 'From now on you log in with the new address. Other devices are logged out.',
  },
};

export default function ConfirmEmailPage() {
  const { link } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  if (result?.progress) {
    const { title, text } = done[result.progress];
    return (
      <DoorFrame title={title} lead={text}>
        {result.progress === 'changed' && (
          <Link to="/account" className="button">
            To your account
          </Link>
        )}
      </DoorFrame>
    );
  }
  if (link === null) {
    return (
      <UsedLink to="/account/security" action="To your account">
        A link to change an address works once, for an hour. Ask for the change again if it is not done.
      </UsedLink>
    );
  }
  const isApproval = link.purpose === 'email-change-approve';
  return (
    <DoorFrame
      title={isApproval ? 'Change your e-mail?' : 'Is this your e-mail?'}
      lead={
        isApproval ? (
          <>
            Your account is to move from {link.from} to <Address>{link.to}</Address>.
          </>
        ) : (
          <>
            Confirm that <Address>{link.to}</Address> is yours, to use it for your account.
          </>
        )
      }
    >
      {result?.problem && <ErrorNote className="mb-6">{result.problem}</ErrorNote>}
      <Form method="post">
        <SubmitButton className="w-full text-lg" busy="Saving…">
          {isApproval ? 'Approve the change' : 'Confirm this address'}
        </SubmitButton>
      </Form>
      <p className="mt-8 border-t border-line pt-6 text-sm text-muted">
        {isApproval
          ? 'You did not ask for it? Close this page, and change your password: somebody knows it.'
          : 'You did not ask for it? Close this page: nothing happens.'}
      </p>
    </DoorFrame>
  );
}

function Address({ children }: { children: string }) {
  return <strong className="break-words text-ink">{children}</strong>;
}
