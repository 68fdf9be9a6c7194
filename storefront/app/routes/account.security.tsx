import { parseWithZod } from '@conform-to/zod/v4';
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { ConnectedAccountsSection } from '../components/ConnectedAccountsSection.tsx';
import { EmailSection } from '../components/EmailSection.tsx';
import { PasswordSection } from '../components/PasswordSection.tsx';
import { SecondFactorsSection } from '../components/SecondFactorsSection.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { changePasswordForm, emailForm } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { askAgain, loginDone, requireLogin } from '../lib/session.server.ts';

const PAGE = '/account/security';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Security' });

export async function loader(args: LoaderFunctionArgs) {
  const { identity, factors, oauth } = bffFor(args);
  const { email } = await requireLogin(args);
  const [hasPassword, secondFactors, accounts] = await Promise.all([
    identity.hasPassword.query(),
    factors.mine.query(),
    oauth.connected.query(),
  ]).catch((error: unknown) => failPage(args.context, error));
  const saved = new URL(args.request.url).searchParams.get('saved');
  return { email, hasPassword, secondFactors, accounts, saved };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  return form.get('intent') === 'email' ? changeEmail(args, form) : changePassword(args, form);
}

async function changePassword(args: ActionFunctionArgs, form: FormData) {
  const submission = parseWithZod(form, { schema: changePasswordForm });
  if (submission.status !== 'success') return of('password', unfit(submission));
  try {
    const session = await bffFor(args).identity.changePassword.mutate(submission.value);
    return loginDone(args.context, session, `${PAGE}?saved=password`);
  } catch (error) {
    return of(
      'password',
      refusedForm(submission, error, 'newPassword', (refusal) => askAgain(args, refusal)),
    );
  }
}

async function changeEmail(args: ActionFunctionArgs, form: FormData) {
  const submission = parseWithZod(form, { schema: emailForm });
  if (submission.status !== 'success') return of('email', unfit(submission));
  try {
    await bffFor(args).identity.changeEmail.mutate(submission.value);
    return redirect(`${PAGE}?saved=email`, 303);
  } catch (error) {
    return of(
      'email',
      refusedForm(submission, error, 'email', (refusal) => askAgain(args, refusal)),
    );
  }
}

/** Which of the page's forms an answer is for. */
function of(section: 'password' | 'email', answer: ReturnType<typeof unfit>) {
  return data({ section, reply: answer.data }, answer.init ?? undefined);
}

export default function SecurityPage() {
  const { email, hasPassword, secondFactors, accounts, saved } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const replyOf = (section: 'password' | 'email') => (result?.section === section ? result.reply : null);
  return (
    <>
      <h1 className="text-4xl">Security</h1>
      <div className="mt-8 [&>*+*]:mt-12 [&>*+*]:border-t [&>*+*]:border-line">
        <PasswordSection
          email={email}
          hasPassword={hasPassword}
          lastResult={replyOf('password')}
          isSaved={saved === 'password' && !result}
        />
        <div>
          <SecondFactorsSection factors={secondFactors} />
        </div>
        {accounts.length > 0 && (
          <div>
            <ConnectedAccountsSection accounts={accounts} />
          </div>
        )}
        <div>
          <EmailSection email={email} lastResult={replyOf('email')} isAsked={saved === 'email' && !result} />
        </div>
        <div>
          <LogOutEverywhere />
        </div>
      </div>
    </>
  );
}

function LogOutEverywhere() {
  return (
    <section aria-labelledby="everywhere-title" className="mt-12 max-w-xl">
      <h2 id="everywhere-title" className="text-2xl">
        Log out everywhere
      </h2>
      <p className="mt-1 mb-5 text-muted">Ends your log-ins on all devices, this one, too.</p>
      <Form method="post" action="/logout">
        <button type="submit" name="everywhere" value="1" className="button button-quiet">
          Log out everywhere
        </button>
      </Form>
    </section>
  );
}
