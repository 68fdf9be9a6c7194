import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { AddPasskey } from '../components/AddPasskey.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { RecoveryCodes } from '../components/RecoveryCodes.tsx';
import { SecurityBackLink } from '../components/SecurityBackLink.tsx';
import { SimpleField } from '../components/SimpleField.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { Passkey } from '../lib/bff-types.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { answerChange } from '../lib/factor-actions.server.ts';
import { newPasskeyAnswer, textOf } from '../lib/factor-forms.server.ts';
import { passkeyMessage } from '../lib/factor-messages.ts';
import { formOf } from '../lib/form.server.ts';
import { formatDay } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

const PAGE = '/account/security/passkeys';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Passkeys' });

export async function loader(args: LoaderFunctionArgs) {
  await requireLogin(args);
  const { passkeys } = await bffFor(args)
    .factors.mine.query()
    .catch((error: unknown) => failPage(args.context, error));
  return { passkeys };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { factors } = bffFor(args);
  const passkeyId = textOf(form, 'passkeyId');
  const name = textOf(form, 'name');
  switch (textOf(form, 'intent')) {
    case 'add': {
      const response = newPasskeyAnswer.safeParse(textOf(form, 'response'));
      if (!response.success) failWith(args.context, 400);
      const token = textOf(form, 'token');
      return answerChange(
        args,
        () => factors.finishPasskeyRegistration.mutate({ token, name, response: response.data }),
        { to: PAGE, say: passkeyMessage },
      );
    }
    case 'rename':
      return rename(args, { passkeyId, name });
    case 'remove':
      return answerChange(args, () => factors.removePasskey.mutate({ passkeyId }), {
        to: PAGE,
        say: messageFor,
      });
    default:
      failWith(args.context, 400);
  }
}

async function rename(args: ActionFunctionArgs, passkey: { passkeyId: string; name: string }) {
  try {
    await bffFor(args).factors.renamePasskey.mutate(passkey);
    return redirect(PAGE, 303);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    const problem = refusal.fields.name ?? messageFor(refusal);
    return data({ problem, codes: null }, { status: refusal.httpStatus });
  }
}

export default function PasskeysPage() {
  const { passkeys } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const shopName = useShop()?.shopName ?? 'the shop';
  if (reply?.codes) {
    return (
      <>
        <SecurityBackLink />
        <h1 className="mt-1 text-4xl">Passkeys</h1>
        <p className="mt-2" role="status">
          Your passkey is added. It logs you in without a password; with the password, we ask for it, too.
        </p>
        <RecoveryCodes codes={reply.codes} shopName={shopName} />
      </>
    );
  }
  return (
    <>
      <SecurityBackLink />
      <h1 className="mt-1 text-4xl">Passkeys</h1>
      <p className="mt-2 max-w-prose text-muted">
        Log in by your fingerprint, your face or the PIN of your device. A passkey cannot be guessed, and
        cannot be given to a shop that only looks like us.
      </p>
      {reply?.problem && passkeys.length > 0 && <ErrorNote className="mt-6">{reply.problem}</ErrorNote>}
      {passkeys.length > 0 && (
        <ul className="mt-8 divide-y divide-line border-y border-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <section aria-labelledby="add-passkey" className="mt-10">
        <h2 id="add-passkey" className="mb-4 text-2xl">
          {passkeys.length > 0 ? 'Add another' : 'Add your first'}
        </h2>
        <AddPasskey
          suggestedName={passkeys.length > 0 ? `Passkey ${passkeys.length + 1}` : 'My passkey'}
          problem={passkeys.length > 0 ? null : (reply?.problem ?? null)}
        />
      </section>
    </>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { id, name, createdAt, lastUsedAt, isBackedUp } = passkey;
  return (
    <li className="py-5">
      <h2 className="font-sans text-lg font-semibold tracking-normal break-words">{name}</h2>
      <p className="text-sm text-muted">
        Added {formatDay(createdAt)}, {lastUsedAt ? `last used ${formatDay(lastUsedAt)}` : 'not used yet'}
        {isBackedUp ? '. Kept by a password manager, too.' : '. On one device only.'}
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <Form method="post" className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="intent" value="rename" />
          <input type="hidden" name="passkeyId" value={id} />
          <SimpleField
            id={`name-${id}`}
            name="name"
            label="Name"
            key={name}
            defaultValue={name}
            maxLength={60}
            required
            autoComplete="off"
            error={null}
          />
          <button type="submit" className="button button-quiet button-small">
            Rename<span className="sr-only"> {name}</span>
          </button>
        </Form>
        <Form method="post">
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="passkeyId" value={id} />
          <button type="submit" className="button button-quiet button-small">
            Remove<span className="sr-only"> {name}</span>
          </button>
        </Form>
      </div>
    </li>
  );
}
