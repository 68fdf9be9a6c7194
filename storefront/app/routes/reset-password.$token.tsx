import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import type { z } from 'zod';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { KnownEmail } from '../components/KnownEmail.tsx';
import { PasswordField } from '../components/PasswordField.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { refusedForm, unfit } from '../lib/auth-form.server.ts';
import { newPasswordForm, passwordHint } from '../lib/auth-forms.ts';
import { bffFor } from '../lib/bff.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { formOf } from '../lib/form.server.ts';
import { loginHintCookie } from '../lib/login-hint.server.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { pageMeta } from '../lib/page-meta.ts';
import { clearedSessionCookie, deviceCookie } from '../lib/session-cookie.server.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Choose a new password' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, (token) => bffFor(args).identity.pendingReset.query({ token }));
}

export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  const { shopUrl } = args.context;
  const submission = parseWithZod(await formOf(args), { schema: newPasswordForm });
  if (submission.status !== 'success') return unfit(submission);
  try {
    const { email, deviceToken } = await bffFor(args).identity.resetPassword.mutate({
      ...submission.value,
      token,
    });
    const response = redirect('/login?reset=1', 303);
    for (const cookie of [
      loginHintCookie(email, shopUrl),
      deviceCookie(deviceToken, shopUrl),
      clearedSessionCookie(shopUrl),
    ])
      response.headers.append('set-cookie', cookie);
    return response;
  } catch (error) {
    return refusedForm(submission, error, 'password');
  }
}

export default function ResetPasswordPage() {
  const { link } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>() ?? null;
  if (link === null) {
    return (
      <UsedLink to="/forgot-password" action="Send me a new link">
        A link to choose a new password works once, for half an hour.
      </UsedLink>
    );
  }
  return (
    <DoorFrame
      title="Choose a new password"
      lead={
        <>
          For the account of <strong className="break-words text-ink">{link.email}</strong>. All devices are
          logged out then.
        </>
      }
    >
      <ResetForm email={link.email} lastResult={lastResult} />
    </DoorFrame>
  );
}

function ResetForm({ email, lastResult }: { email: string; lastResult: SubmissionResult | null }) {
  const [form, fields] = useForm<z.infer<typeof newPasswordForm>>({
    id: 'reset',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: newPasswordForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <FormProvider context={form.context}>
      <Form method="post" {...getFormProps(form)} noValidate>
        <ErrorSummary ref={summary} errors={form.allErrors} formId="reset" />
        <KnownEmail email={email} />
        <PasswordField
          field={fields.password}
          label="New password"
          hint={passwordHint}
          autoComplete="new-password"
        />
        <SubmitButton className="mt-6 w-full text-lg" busy="Saving…">
          Set new password
        </SubmitButton>
      </Form>
    </FormProvider>
  );
}
