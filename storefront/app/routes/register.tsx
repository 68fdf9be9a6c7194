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
import { OAuthButtons } from '../components/OAuthButtons.tsx';
import { PasswordField } from '../components/PasswordField.tsx';
import { SentMail } from '../components/SentMail.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { passwordHint, registerForm } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { safeReturnTo } from '../lib/return-to.ts';
import { me } from '../lib/session.server.ts';

export const headers: HeadersFunction = () => ({ 'cache-control': 'private, no-store' });
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Create an account' });

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const returnTo = safeReturnTo(searchParams.get('returnTo'));
  const [who, providers] = await Promise.all([me(args), bffFor(args).oauth.providers.query()]).catch(
    (error: unknown) => failPage(args.context, error),
  );
  if (who !== null) throw redirect(returnTo, 303);
  // from the page of an order that was placed as a guest
  const email = searchParams.get('email')?.slice(0, 254) ?? '';
  return { returnTo, providers, email };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const submission = parseWithZod(form, { schema: registerForm });
  if (submission.status !== 'success') return unfit(submission);
  const returnTo = safeReturnTo(form.get('returnTo'));
  try {
    await bffFor(args).identity.register.mutate({ ...submission.value, returnTo });
  } catch (error) {
    return refusedForm(submission, error, 'password');
  }
  return { sentTo: submission.value.email };
}

export default function RegisterPage() {
  const { returnTo, providers, email } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const query = returnTo === '/account' ? '' : `?${new URLSearchParams({ returnTo })}`;
  if (result && 'sentTo' in result) {
    return (
      <DoorFrame title="Look in your mail">
        <SentMail to={result.sentTo}>
          <p>Open the link in it within a day to confirm that the address is yours, and you are in.</p>
          <p className="text-muted">
            Nothing there after some minutes? Look among the junk, or check the address and{' '}
            <Link to={`/register${query}`} reloadDocument className="link">
              try again
            </Link>
            .
          </p>
        </SentMail>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title="Create an account" isInviting>
      <RegisterForm returnTo={returnTo} email={email} lastResult={result ?? null} />
      <div className="mt-6">
        <OAuthButtons providers={providers} returnTo={returnTo} />
      </div>
      <p className="mt-8 border-t border-line pt-6">
        Have an account already?{' '}
        <Link to={`/login${query}`} className="link">
          Log in
        </Link>
      </p>
    </DoorFrame>
  );
}

interface RegisterFormProps {
  readonly returnTo: string;
  readonly email: string;
  readonly lastResult: SubmissionResult | null;
}

function RegisterForm({ returnTo, email, lastResult }: RegisterFormProps) {
  const [form, fields] = useForm<z.infer<typeof registerForm>>({
    id: 'register',
    defaultValue: { email },
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: registerForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="register" />
        <input type="hidden" name="returnTo" value={returnTo} />
        <div className="grid gap-5">
          <TextField
            field={fields.name}
            label="Name"
            autoComplete="name"
            autoCapitalize="words"
            spellCheck={false}
          />
          <TextField
            field={fields.email}
            label="E-mail"
            hint="We send you a link to confirm it."
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
          <PasswordField
            field={fields.password}
            label="Password"
            hint={passwordHint}
            autoComplete="new-password"
          />
        </div>
        <SubmitButton className="mt-6 w-full text-lg" busy="Creating…">
          Create account
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}
