import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { OAuthMark } from '../components/OAuthMark.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { OAuthProvider, PendingLink } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { clearedLinkCookie, readLink } from '../lib/oauth-cookies.server.ts';
import { oauthMessage } from '../lib/oauth-messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, requireLogin } from '../lib/session.server.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Connect an account' });

const SECURITY = '/account/security';

export async function loader(args: LoaderFunctionArgs) {
  const { email } = await requireLogin(args);
  const linkToken = readLink(args.request, args.context.shopUrl);
  if (linkToken === null) return { email, link: null };
  const link = await bffFor(args)
    .oauth.pendingLink.query({ linkToken })
    .catch((error: unknown) => failPage(args.context, error));
  return { email, link };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const { shopUrl } = args.context;
  const headers = { 'set-cookie': clearedLinkCookie(shopUrl) };
  try {
    switch (form.get('intent')) {
      case 'confirm':
        await bffFor(args).oauth.confirmLink.mutate({ linkToken: readLink(args.request, shopUrl) ?? '-' });
        return redirect(SECURITY, { status: 303, headers });
      case 'disconnect':
        await bffFor(args).oauth.disconnect.mutate({ provider: providerIn(args, form) });
        return redirect(SECURITY, 303);
      default:
        return redirect(SECURITY, { status: 303, headers });
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    return data({ problem: oauthMessage(refusal) }, { status: refusal.httpStatus });
  }
}

const providerIds: readonly OAuthProvider['id'][] = ['google', 'apple', 'facebook', 'github', 'oidc'];

function providerIn({ context }: ActionFunctionArgs, form: FormData): OAuthProvider['id'] {
  return providerIds.find((id) => id === form.get('provider')) ?? failWith(context, 400);
}

export default function ConnectAccount() {
  const { email, link } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <div className="max-w-prose">
      <h1 className="text-4xl">Connect {link ? link.provider.name : 'an account'}</h1>
      {reply && <ErrorNote className="mt-6">{reply.problem}</ErrorNote>}
      {link?.isTheirs ? (
        <Question link={link} email={email} />
      ) : (
        <>
          <p className="mt-6">
            {link ? otherAddress(link, email) : 'Nothing waits to be connected any more.'}
          </p>
          <Link to={SECURITY} className="button mt-6">
            Back to security
          </Link>
        </>
      )}
    </div>
  );
}

function otherAddress(link: PendingLink, email: string): string {
  const theirs = link.email === null ? 'somebody else' : link.email;
  return `This was begun for ${theirs}, and you are logged in as ${email}. Log in with the account of that address, then try again.`;
}

function Question({ link, email }: { link: PendingLink; email: string }) {
  const { provider } = link;
  return (
    <>
      <p className="mt-6 flex items-center gap-3 rounded-picture bg-wash p-5">
        <OAuthMark provider={provider.id} />
        <span className="min-w-0 break-words">
          {provider.name}
          {link.email && <> as {link.email}</>}
        </span>
      </p>
      <p className="mt-4">
        Whoever can log in there can then log in here as {email}. Do it only with an account that is yours
        alone.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <Form method="post">
          <input type="hidden" name="intent" value="confirm" />
          <SubmitButton busy="Connecting…">Connect {provider.name}</SubmitButton>
        </Form>
        <Form method="post">
          <input type="hidden" name="intent" value="decline" />
          <button type="submit" className="button button-quiet">
            Not now
          </button>
        </Form>
      </div>
    </>
  );
}
