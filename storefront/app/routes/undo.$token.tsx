import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
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
  pageMeta({ ...shopOf(matches), title: 'That was not you?' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).identity.pendingUndo.query({ token }));
}

export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    await bffFor(args).identity.undo.mutate({ token });
    return { isDone: true, problem: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const problem =
      refusal.code === 'conflict'
        ? 'The old address has an account of its own by now, so it cannot be put back. Write to us, and we sort it out.'
        : messageFor(refusal);
    return data({ isDone: false, problem }, { status: refusal.httpStatus });
  }
}

export default function UndoPage() {
  const { link } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  if (result?.isDone) {
    return (
      <DoorFrame
        title="Your account is safe"
        lead="Everybody is logged out, and the password is gone. We have sent you a mail with a link to choose a new one. Then look through your addresses and second factors."
      >
        {null}
      </DoorFrame>
    );
  }
  if (link === null) {
    return (
      <UsedLink to="/forgot-password" action="Choose a new password">
        A link to take a change back works once, for a week. If somebody else is in your account, choose a new
        password: that logs everybody out.
      </UsedLink>
    );
  }
  const isPassword = link.what === 'password';
  return (
    <DoorFrame
      title="That was not you?"
      lead={
        isPassword
          ? 'Somebody changed the password of your account. If it was not you, shut them out now.'
          : 'Somebody changed the e-mail address of your account. If it was not you, put yours back and shut them out now.'
      }
    >
      {result?.problem && <ErrorNote className="mb-6">{result.problem}</ErrorNote>}
      <ul className="mb-8 list-disc pl-5">
        {!isPassword && <li>Your old address is put back.</li>}
        <li>All devices are logged out.</li>
        <li>
          The password is removed, and so are passkeys, apps and logins that were added since about then.
        </li>
        <li>You get a mail with a link to choose a new password.</li>
      </ul>
      <Form method="post">
        <SubmitButton className="w-full text-lg" busy="Shutting them out…">
          It was not me: take it back
        </SubmitButton>
      </Form>
    </DoorFrame>
  );
}
