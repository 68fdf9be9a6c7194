import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SimpleField } from '../components/SimpleField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { type Refusal, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, loggedOut, requireLogin } from '../lib/session.server.ts';
import { textOf } from '../lib/wishlist-form.server.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Privacy' });

export async function loader(args: LoaderFunctionArgs) {
  const { email } = await requireLogin(args);
  return { email };
}

export async function action(args: ActionFunctionArgs) {
  const confirmation = textOf(await formOf(args), 'confirmation').trim();
  try {
    await bffFor(args).privacy.eraseMyAccount.mutate({ confirmation });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    const field = refusal.fields.confirmation ?? null;
    return data({ field, problem: field ? null : problemOf(refusal) }, { status: refusal.httpStatus });
  }
  return loggedOut(args.context, '/goodbye');
}

function problemOf(refusal: Refusal): string {
  if (refusal.code !== 'conflict') return messageFor(refusal);
  return refusal.data.reason === 'order_under_way'
    ? 'You are placing an order right now. Wait a minute until that is decided, then try again.'
    : 'You are the only super admin of this shop. Make somebody else one first, then try again.';
}

export default function Privacy() {
  const { email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1 className="text-4xl">Privacy</h1>
      <p className="mt-2 max-w-prose text-muted">
        What we keep of you is yours to have, and yours to take away.{' '}
        <Link to="/help/privacy" className="link">
          What we keep, and why
        </Link>
      </p>
      <section aria-labelledby="download" className="mt-10 max-w-prose">
        <h2 id="download" className="text-2xl">
          Download your data
        </h2>
        <p className="mt-2">
          One file with all that we keep of you: your account, addresses, orders, wishlists, what you looked
          at, the mails we sent you, and who logged in when. It is JSON, which people and programs can read.
        </p>
        <Form method="post" action="/account/privacy/export" reloadDocument className="mt-4">
          <button type="submit" className="button button-quiet">
            Download my data
          </button>
        </Form>
      </section>
      <section aria-labelledby="delete" className="mt-12 max-w-prose border-t border-line pt-8">
        <h2 id="delete" className="text-2xl">
          Delete your account
        </h2>
        {answer?.problem && <ErrorNote className="mt-4">{answer.problem}</ErrorNote>}
        <h3 className="mt-4 text-lg">What goes, at once and for good</h3>
        <p className="mt-1">
          Your log-ins on all devices, your name, e-mail and phone, your addresses, wishlists and what you
          looked at. Wishlist links that you shared stop working.
        </p>
        <h3 className="mt-4 text-lg">What stays</h3>
        <p className="mt-1">
          Your orders, because the law asks us to keep our books: what was bought, for how much, and the
          country and region that the tax was for. Your name, e-mail, street and phone are taken out, so
          nobody can tell any more that they were yours.
        </p>
        <p className="mt-3 flex gap-3 rounded-control bg-note-wash p-4">
          An order that is still on its way loses its address too and cannot reach you. Wait until you have
          it, or write to us first.
        </p>
        <Form method="post" className="mt-6" noValidate>
          <SimpleField
            id="confirmation"
            name="confirmation"
            label="Type DELETE to confirm"
            required
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            error={answer?.field ?? null}
          />
          <p className="mt-2 text-sm break-words text-muted">
            A last mail goes to {email} to say that it is done.
          </p>
          <SubmitButton className="mt-4" busy="Deleting…">
            Delete my account
          </SubmitButton>
        </Form>
      </section>
    </>
  );
}
