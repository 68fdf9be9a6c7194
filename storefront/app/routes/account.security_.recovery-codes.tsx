import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { RecoveryCodes } from '../components/RecoveryCodes.tsx';
import { SecurityBackLink } from '../components/SecurityBackLink.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { answerChange } from '../lib/factor-actions.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Recovery codes' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { totpSince, passkeys, recoveryCodesLeft } = await bffFor(args)
    .factors.mine.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { hasFactor: totpSince !== null || passkeys.length > 0, left: recoveryCodesLeft };
}

export async function action(args: ActionFunctionArgs) {
  return answerChange(args, () => bffFor(args).factors.renewRecoveryCodes.mutate(), {
    to: '/account/security',
    say: messageFor,
  });
}

export default function RecoveryCodesPage() {
  const { hasFactor, left } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const shopName = useShop()?.shopName ?? 'the shop';
  if (reply?.codes) {
    return (
      <>
        <SecurityBackLink />
        <h1 className="mt-1 text-4xl">Recovery codes</h1>
        <p className="mt-2" role="status">
          Your old codes no longer work.
        </p>
        <RecoveryCodes codes={reply.codes} shopName={shopName} />
      </>
    );
  }
  return (
    <>
      <SecurityBackLink />
      <h1 className="mt-1 text-4xl">Recovery codes</h1>
      {reply?.problem && <ErrorNote className="mt-6">{reply.problem}</ErrorNote>}
      {hasFactor ? (
        <>
          <p className="mt-2 max-w-prose">
            You have {left} left. Each logs you in once in place of your second factor. If you make new ones,
            the old ones no longer work, and your other devices are logged out.
          </p>
          <Form method="post" className="mt-6">
            <SubmitButton busy="Making them…">Make ten new codes</SubmitButton>
          </Form>
        </>
      ) : (
        <p className="mt-2 max-w-prose text-muted">
          They come with a second factor: set up an authenticator app or a passkey first.
        </p>
      )}
    </>
  );
}
