import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form } from '@remix-run/react';
import type { z } from 'zod';
import { changePasswordForm, passwordHint } from '../lib/auth-forms.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { KnownEmail } from './KnownEmail.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SavedNote } from './SavedNote.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface PasswordSectionProps {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly lastResult: SubmissionResult | null;
  readonly isSaved: boolean;
}

/** Changes the password, or sets the first one of somebody who logs in otherwise. */
export function PasswordSection({ email, hasPassword, lastResult, isSaved }: PasswordSectionProps) {
  const [form, fields] = useForm<z.infer<typeof changePasswordForm>>({
    id: 'password',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: changePasswordForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <section aria-labelledby="password-title" className="max-w-xl">
      <h2 id="password-title" className="text-2xl">
        Password
      </h2>
      <p className="mt-1 mb-5 text-muted">
        {hasPassword
          ? 'When you change it, all other devices are logged out.'
          : 'You have none: you log in otherwise. You may set one besides.'}
      </p>
      {isSaved && <SavedNote>Your password is changed. All other devices are logged out.</SavedNote>}
      <FormProvider context={form.context}>
        <Form method="post" {...getFormProps(form)} noValidate>
          <ErrorSummary ref={summary} errors={form.allErrors} formId="password" />
          <KnownEmail email={email} />
          <input type="hidden" name="intent" value="password" />
          <div className="grid gap-5">
            {hasPassword && (
              <PasswordField
                field={fields.currentPassword}
                label="Current password"
                autoComplete="current-password"
              />
            )}
            <PasswordField
              field={fields.newPassword}
              label="New password"
              hint={passwordHint}
              autoComplete="new-password"
            />
          </div>
          <SubmitButton className="mt-6" busy="Saving…">
            {hasPassword ? 'Change password' : 'Set password'}
          </SubmitButton>
        </Form>
      </FormProvider>
    </section>
  );
}
