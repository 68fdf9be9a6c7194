import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { CodeForm } from '../components/CodeForm.tsx';
import { PasskeyButton } from '../components/PasskeyButton.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { textOf } from '../lib/factor-forms.server.ts';
import { codeMessage } from '../lib/factor-messages.ts';
import { formOf } from '../lib/form.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { safeReturnTo } from '../lib/return-to.ts';
import { loginGoesOn, readStep } from '../lib/second-step.server.ts';

export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'One more step' });

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const returnTo = safeReturnTo(searchParams.get('returnTo'));
  const challenge = readStep(args.request, args.context.shopUrl);
  if (challenge === null) return { methods: null, method: null, returnTo };
  try {
    const methods = await bffFor(args).factors.stepMethods.query({ challenge });
    const wantsRecovery = searchParams.get('with') === 'recovery-code' || !methods.includes('totp');
    const other = wantsRecovery ? ('recovery-code' as const) : ('totp' as const);
    return { methods, method: methods.includes(other) ? other : null, returnTo };
  } catch (error) {
    if (refusalOf(error)?.code === 'token_invalid') return { methods: null, method: null, returnTo };
    failPage(args.context, error);
  }
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const method = textOf(form, 'method') === 'totp' ? 'totp' : 'recovery-code';
  const code = textOf(form, 'code').slice(0, 100);
  const challenge = readStep(args.request, args.context.shopUrl) ?? '';
  try {
    const outcome = await bffFor(args).factors.completeStep.mutate({ challenge, method, code });
    return await loginGoesOn(args, outcome, form.get('returnTo'));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const isOver = refusal.code === 'token_invalid';
    const problem = isOver ? null : codeMessage(refusal, method);
    return data({ isOver, problem }, { status: refusal.httpStatus });
  }
}

export default function SecondFactorStep() {
  const { methods, method, returnTo } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const query = new URLSearchParams({ returnTo });
  const isOver = methods === null || reply?.isOver === true;
  return (
    <div className="page max-w-lg py-10 lg:py-16">
      <h1 className="text-4xl">One more step</h1>
      {isOver ? (
        <div className="mt-6 rounded-picture bg-wash p-6" role="alert">
          <p>That took too long, or there were too many tries. Log in again to go on.</p>
          <Link to={`/login?${query}`} className="button mt-4">
            Log in again
          </Link>
        </div>
      ) : (
        <>
          <p className="mt-2 mb-8 text-muted">Your account asks for a second proof that it is you.</p>
          {methods.includes('passkey') && (
            <>
              <PasskeyButton purpose="second-step" returnTo={returnTo} className="mb-8 max-w-sm" />
              <p className="without-scripts mb-8 rounded-picture bg-wash p-4">
                Passkeys need JavaScript, which is off in your browser.
              </p>
            </>
          )}
          {method && (
            <CodeForm method={method} problem={reply?.problem ?? null} submit="Log in">
              <input type="hidden" name="method" value={method} />
              <input type="hidden" name="returnTo" value={returnTo} />
            </CodeForm>
          )}
          {method === 'totp' && methods.includes('recovery-code') && (
            <Link
              to={`?${query}&with=recovery-code`}
              replace
              className="link mt-6 inline-flex min-h-11 items-center"
            >
              No phone at hand? Use a recovery code
            </Link>
          )}
          {method === 'recovery-code' && methods.includes('totp') && (
            <Link to={`?${query}`} replace className="link mt-6 inline-flex min-h-11 items-center">
              Use a code of your app
            </Link>
          )}
        </>
      )}
    </div>
  );
}
