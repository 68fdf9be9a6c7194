import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { OAuthProblem } from '../components/OAuthProblem.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { danceCookie } from '../lib/oauth-cookies.server.ts';
import { oauthMessage } from '../lib/oauth-messages.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { safeReturnTo } from '../lib/return-to.ts';

export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Log in' });

/** Only forms lead to a provider: a link from elsewhere would log people in without their asking. */
export function loader() {
  return redirect('/login', 303);
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const intent = form.get('intent') === 'connect' ? 'connect' : 'log-in';
  const returnTo = safeReturnTo(form.get('returnTo'));
  const provider = args.params.provider ?? '';
  try {
    const { url, browserToken } = await bffFor(args).oauth.start.mutate({ provider, intent, returnTo });
    return redirect(url, {
      status: 303,
      headers: { 'set-cookie': danceCookie(browserToken, args.context.shopUrl) },
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    if (refusal.code === 'reauthentication_required' || refusal.code === 'unauthenticated')
      return redirect('/login?again=1&returnTo=%2Faccount%2Fsecurity', 303);
    return data({ problem: oauthMessage(refusal) }, { status: refusal.httpStatus });
  }
}

export default function OAuthStart() {
  const reply = useActionData<typeof action>();
  return <OAuthProblem problem={reply?.problem ?? oauthMessage({ code: 'token_invalid' })} />;
}
