import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { OAuthProblem } from '../components/OAuthProblem.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failWith, refusalOf } from '../lib/bff-errors.server.ts';
import type { OAuthOutcome } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { clearedDanceCookie, linkCookie, readDance } from '../lib/oauth-cookies.server.ts';
import { oauthMessage } from '../lib/oauth-messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { loginGoesOn } from '../lib/second-step.server.ts';

export const headers: HeadersFunction = () => ({
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
});
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Log in' });

const CONNECT = '/account/security/connect';

/** Where a provider sends the browser back to. */
export async function loader(args: LoaderFunctionArgs) {
  const { request, context, params } = args;
  const query = new URL(request.url).searchParams;
  try {
    const outcome = await bffFor(args).oauth.complete.mutate({
      provider: params.provider ?? '',
      browserToken: readDance(request, context.shopUrl) ?? '',
      state: query.get('state') ?? '',
      code: query.get('code'),
      error: query.get('error'),
      issuer: query.get('iss'),
    });
    const response = await answerTo(args, outcome);
    response.headers.append('set-cookie', clearedDanceCookie(context.shopUrl));
    return response;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isOurFault = refusal.code === 'invalid_input';
    const told = isOurFault ? { code: 'token_invalid' } : refusal;
    return data({ problem: oauthMessage(told) }, { status: refusal.httpStatus });
  }
}

async function answerTo(args: LoaderFunctionArgs, outcome: OAuthOutcome): Promise<Response> {
  const { context } = args;
  if (outcome.outcome === 'done') return loginGoesOn(args, outcome.login, outcome.returnTo);
  if (outcome.outcome === 'connected-already') return redirect('/account/security', 303);
  const to = outcome.isLoggedIn ? CONNECT : `/login?returnTo=${encodeURIComponent(CONNECT)}`;
  return redirect(to, {
    status: 303,
    headers: { 'set-cookie': linkCookie(outcome.linkToken, context.shopUrl) },
  });
}

/**
 * Apple answers by a form that its own page posts. Such a post brings none of our cookies (SameSite=Lax), and does nothing here: it
 * becomes a GET of our own, which brings them. Only what the dance needs goes along.
 */
export async function action(args: ActionFunctionArgs) {
  if (args.params.provider !== 'apple') failWith(args.context, 405);
  const form = await formOf(args);
  const query = new URLSearchParams();
  for (const name of ['state', 'code', 'error']) {
    const value = form.get(name);
    if (typeof value === 'string') query.set(name, value);
  }
  return redirect(`/oauth/apple/callback?${query}`, 303);
}

export default function OAuthCallback() {
  const { problem } = useLoaderData<typeof loader>();
  return <OAuthProblem problem={problem} />;
}
