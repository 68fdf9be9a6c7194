import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData } from '@remix-run/react';
import type { z } from 'zod';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { TextField } from '../components/FormField.tsx';
import { SentMail } from '../components/SentMail.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { emailForm } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Forgot your password?' });

export async function action(args: ActionFunctionArgs) {
  const submission = parseWithZod(await formOf(args), { schema: emailForm });
  if (submission.status !== 'success') return unfit(submission);
  try {
    await bffFor(args).identity.forgotPassword.mutate(submission.value);
  } catch (error) {
    return refusedForm(submission, error, 'email');
  }
  return { sentTo: submission.value.email };
}

export default function ForgotPasswordPage() {
  const result = useActionData<typeof action>();
  if (result && 'sentTo' in result) {
    return (
      <DoorFrame title="Look in your mail">
        <SentMail to={result.sentTo}>
          <p>
            If the address has an account, there is a link in it to choose a new password. It works for half
            an hour.
          </p>
          <p className="text-muted">
            Nothing there after some minutes? Look among the junk, or check the address and{' '}
            <Link to="/forgot-password" reloadDocument className="link">
              try again
            </Link>
            .
          </p>
        </SentMail>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame
      title="Forgot your password?"
      lead="Tell us the e-mail address of your account, and we send you a link to choose a new one."
    >
      <ForgotForm lastResult={result ?? null} />
      <Link to="/login" className="link mt-6 inline-flex min-h-11 items-center">
        Back to the log-in
      </Link>
    </DoorFrame>
  );
}

function ForgotForm({ lastResult }: { lastResult: SubmissionResult | null }) {
  const [form, fields] = useForm<z.infer<typeof emailForm>>({
    id: 'forgot',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: emailForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="forgot" />
        <TextField
          field={fields.email}
          label="E-mail"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <SubmitButton className="mt-6 w-full text-lg" busy="Sending…">
          Send me a link
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}
