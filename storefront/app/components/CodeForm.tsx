import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useFocusOn } from '../lib/focus.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface CodeFormProps {
  readonly method: 'totp' | 'recovery-code';
  /** What the last try was refused with. */
  readonly problem: string | null;
  readonly submit: string;
  /** Hidden fields. */
  readonly children?: ReactNode;
}

const id = 'code';
const kinds = {
  totp: {
    label: 'Code',
    hint: 'Six digits, as your authenticator app shows them.',
    input: { autoComplete: 'one-time-code', inputMode: 'numeric', maxLength: 10 },
  },
  'recovery-code': {
    label: 'Recovery code',
    hint: 'One of the codes that you kept when you set up the second factor. Each works once.',
    input: { autoComplete: 'off', autoCapitalize: 'characters', maxLength: 40 },
  },
} as const;

/** Asks for a code of the second factor. */
export function CodeForm({ method, problem, submit, children }: CodeFormProps) {
  const { label, hint, input } = kinds[method];
  const summary = useFocusOn<HTMLDivElement>(problem);
  return (
    <Form method="post" noValidate className="max-w-sm">
      <ErrorSummary ref={summary} formId={id} errors={problem ? { [method]: [problem] } : {}} />
      {children}
      <label htmlFor={`${id}-${method}`} className="font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {hint}
      </p>
      <input
        key={method}
        id={`${id}-${method}`}
        name="code"
        type="text"
        required
        spellCheck={false}
        {...input}
        aria-describedby={problem ? `${id}-error ${id}-hint` : `${id}-hint`}
        {...(problem ? { 'aria-invalid': true } : {})}
        className="field mt-1 font-mono text-lg tracking-widest"
      />
      {problem && (
        <p id={`${id}-error`} className="mt-1 text-sale">
          {problem}
        </p>
      )}
      <SubmitButton className="mt-6 w-full" busy="Checking…">
        {submit}
      </SubmitButton>
    </Form>
  );
}
