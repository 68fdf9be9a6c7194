import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import type { z } from 'zod';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { KnownEmail } from '../components/KnownEmail.tsx';
import { PasswordField } from '../components/PasswordField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { againForm } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { loginGoesOn } from '../lib/second-step.server.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Confirm your e-mail' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).identity.pendingRegistration.query({ token }));
}

/** The link alone does nothing: scanners of mail open links, and the password shows that it is who registered. */
export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  const submission = parseWithZod(await formOf(args), { schema: againForm });
  if (submission.status !== 'success') return unfit(submission);
  try {
    const { login, returnTo } = await bffFor(args).identity.confirmRegistration.mutate({
      ...submission.value,
      token,
    });
    return await loginGoesOn(args, login, returnTo);
  } catch (error) {
    return refusedForm(submission, error, 'password');
  }
}

export default function VerifyEmailPage() {
  const { link } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>() ?? null;
  if (link === null) {
    return (
      <UsedLink to="/login" action="Log in">
        A link to confirm an address works once, for a day. If you have used it, log in. If not,{' '}
        <Link to="/register" className="link">
          create your account again
        </Link>
        .
      </UsedLink>
    );
  }
  return (
    <DoorFrame
      title={`Welcome, ${link.name.split(' ')[0]}.`}
      lead={
        <>
          One more step: confirm <strong className="break-words text-ink">{link.email}</strong> with the
          password that you chose.
        </>
      }
    >
      <ConfirmForm email={link.email} lastResult={lastResult} />
      <p className="mt-8 border-t border-line pt-6 text-sm text-muted">
        You did not ask for an account? Close this page: nothing is kept. You forgot the password?{' '}
        <Link to="/register" className="link">
          Create the account again
        </Link>
        .
      </p>
    </DoorFrame>
  );
}

function ConfirmForm({ email, lastResult }: { email: string; lastResult: SubmissionResult | null }) {
  const [form, fields] = useForm<z.infer<typeof againForm>>({
    id: 'confirm',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: againForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="confirm" />
        <KnownEmail email={email} />
        <PasswordField field={fields.password} label="Password" autoComplete="current-password" />
        <SubmitButton className="mt-6 w-full text-lg" busy="Confirming…">
          Confirm and log in
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}
