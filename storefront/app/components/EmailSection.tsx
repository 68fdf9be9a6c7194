import { FormProvider, getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form } from '@remix-run/react';
import type { z } from 'zod';
import { emailForm } from '../lib/auth-forms.ts';
import { useFocusOnMistakes } from '../lib/focus.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { TextField } from './FormField.tsx';
import { SavedNote } from './SavedNote.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface EmailSectionProps {
  readonly email: string;
  readonly lastResult: SubmissionResult | null;
  readonly isAsked: boolean;
}

/** Asks to move the account to another address, which both addresses have to confirm. */
export function EmailSection({ email, lastResult, isAsked }: EmailSectionProps) {
  const [form, fields] = useForm<z.infer<typeof emailForm>>({
    id: 'email',
    lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: emailForm }),
    shouldRevalidate: 'onInput',
  });
  const summary = useFocusOnMistakes<HTMLDivElement>(form.allErrors, lastResult);
  return (
    <section aria-labelledby="email-title" className="mt-12 max-w-xl">
      <h2 id="email-title" className="text-2xl">
        E-mail
      </h2>
      <p className="mt-1 mb-5 text-muted">
        You log in with <strong className="break-words text-ink">{email}</strong>.
      </p>
      {isAsked && (
        <SavedNote>
          Look in your mail: there is a link at the old address to approve the change, and one at the new
          address to show that it is yours. Once both are used, it is done.
        </SavedNote>
      )}
      <FormProvider context={form.context}>
        <Form method="post" {...getFormProps(form)} noValidate>
          <ErrorSummary ref={summary} errors={form.allErrors} formId="email" />
          <input type="hidden" name="intent" value="email" />
          <TextField
            field={fields.email}
            label="New e-mail"
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
          <SubmitButton className="mt-6" busy="Sending…">
            Change e-mail
          </SubmitButton>
        </Form>
      </FormProvider>
    </section>
  );
}
