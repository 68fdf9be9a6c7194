import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import type { z } from 'zod';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { TextField } from '../components/FormField.tsx';
import { KnownEmail } from '../components/KnownEmail.tsx';
import { OAuthButtons } from '../components/OAuthButtons.tsx';
import { PasskeyButton } from '../components/PasskeyButton.tsx';
import { PasswordField } from '../components/PasswordField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { againForm, logInForm } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import type { OAuthProvider } from '../lib/bff-types.ts';
import { shopOf } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { clearedLoginHint, readLoginHint } from '../lib/login-hint.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { safeReturnTo } from '../lib/return-to.ts';
import { loginGoesOn } from '../lib/second-step.server.ts';
import { loginDone, me } from '../lib/session.server.ts';

export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Log in' });

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const returnTo = safeReturnTo(searchParams.get('returnTo'));
  const { identity, oauth } = bffFor(args);
  const [who, providers] = await Promise.all([me(args), oauth.providers.query()]).catch((error: unknown) =>
    failPage(args.context, error),
  );
  const isAgain = searchParams.has('again') && who !== null;
  if (who !== null && !isAgain) throw redirect(returnTo, 303);
  const hasPassword = isAgain
    ? await identity.hasPassword.query().catch((error: unknown) => failPage(args.context, error))
    : true;
  return {
    returnTo,
    providers,
    again: isAgain ? { email: who.email, hasPassword } : null,
    email: readLoginHint(args.request, args.context.shopUrl),
    isReset: searchParams.has('reset'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  return form.get('intent') === 'again' ? logInAgain(args, form) : logIn(args, form);
}

async function logIn(args: ActionFunctionArgs, form: FormData) {
  const submission = parseWithZod(form, { schema: logInForm });
  if (submission.status !== 'success') return unfit(submission);
  try {
    const outcome = await bffFor(args).identity.logIn.mutate(submission.value);
    const response = await loginGoesOn(args, outcome, form.get('returnTo'));
    response.headers.append('set-cookie', clearedLoginHint(args.context.shopUrl));
    return response;
  } catch (error) {
    return refusedForm(submission, error, 'password');
  }
}

async function logInAgain(args: ActionFunctionArgs, form: FormData) {
  const submission = parseWithZod(form, { schema: againForm });
  if (submission.status !== 'success') return unfit(submission);
  try {
    const session = await bffFor(args).identity.reauthenticate.mutate(submission.value);
    return loginDone(args.context, session, form.get('returnTo'));
  } catch (error) {
    return refusedForm(submission, error, 'password', ({ code }) =>
      code === 'unauthenticated' ? redirect('/login', 303) : null,
    );
  }
}

export default function LogInPage() {
  const { returnTo, providers, again, email, isReset } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>() ?? null;
  const query = returnTo === '/account' ? '' : `?${new URLSearchParams({ returnTo })}`;
  if (again) {
    return (
      <DoorFrame
        title="Is it you?"
        lead={`For what comes next we ask once more, so that nobody does it at a screen that you left. You are logged in as ${again.email}.`}
      >
        {again.hasPassword ? (
          <AgainForm email={again.email} returnTo={returnTo} lastResult={lastResult} />
        ) : (
          <p>Show who you are in the way that you log in by.</p>
        )}
        <OtherWays returnTo={returnTo} providers={providers} />
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title="Log in" isInviting>
      {isReset && (
        <p role="status" className="mb-6 rounded-control bg-note-wash p-4">
          Your new password is set, and all devices are logged out. Log in with it.
        </p>
      )}
      <LogInForm email={email} returnTo={returnTo} lastResult={lastResult} />
      <OtherWays returnTo={returnTo} providers={providers} isOfferedInField />
      <p className="mt-8 border-t border-line pt-6">
        New here?{' '}
        <Link to={`/register${query}`} className="link">
          Create an account
        </Link>
      </p>
    </DoorFrame>
  );
}

interface FormProps {
  readonly returnTo: string;
  readonly lastResult: SubmissionResult | null;
}

function LogInForm({ email, returnTo, lastResult }: FormProps & { email: string | null }) {
  const [form, fields] = useForm<z.infer<typeof logInForm>>({
    id: 'log-in',
    defaultValue: { email: email ?? '' },
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: logInForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="log-in" />
        <input type="hidden" name="returnTo" value={returnTo} />
        <div className="grid gap-5">
          <TextField
            field={fields.email}
            label="E-mail"
            type="email"
            inputMode="email"
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
          />
          <div>
            <PasswordField field={fields.password} label="Password" autoComplete="current-password" />
            <Link to="/forgot-password" className="link mt-1 inline-flex min-h-11 items-center text-sm">
              Forgot your password?
            </Link>
          </div>
        </div>
        <SubmitButton className="mt-4 w-full text-lg" busy="Logging in…">
          Log in
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}

function AgainForm({ email, returnTo, lastResult }: FormProps & { email: string }) {
  const [form, fields] = useForm<z.infer<typeof againForm>>({
    id: 'again',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: againForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="again" />
        <KnownEmail email={email} />
        <input type="hidden" name="intent" value="again" />
        <input type="hidden" name="returnTo" value={returnTo} />
        <PasswordField field={fields.password} label="Password" autoComplete="current-password" />
        <SubmitButton className="mt-6 w-full text-lg" busy="Checking…">
          Continue
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}

interface OtherWaysProps {
  readonly returnTo: string;
  readonly providers: readonly OAuthProvider[];
  readonly isOfferedInField?: boolean;
}

/** What stands beside the password: passkeys, and whoever else vouches for somebody. */
function OtherWays({ returnTo, providers, isOfferedInField = false }: OtherWaysProps) {
  return (
    <div className="mt-3 grid gap-3">
      <PasskeyButton purpose="login" returnTo={returnTo} isOfferedInField={isOfferedInField} />
      <OAuthButtons providers={providers} returnTo={returnTo} />
    </div>
  );
}
