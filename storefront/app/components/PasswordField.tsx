import type { FieldMetadata } from '@conform-to/react';
import { useActionData } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { useHydrated } from '../lib/hydrated.ts';

interface PasswordFieldProps {
  readonly field: FieldMetadata<unknown>;
  readonly label: string;
  readonly hint?: string;
  /** What password managers are to do with it: fill in, or offer a new one. */
  readonly autoComplete: 'current-password' | 'new-password';
  readonly className?: string;
}

/** A password with a button to look at it, which is there where scripts run. What was typed never comes back from the server. */
export function PasswordField({ field, label, hint, autoComplete, className = '' }: PasswordFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);
  const canShow = useHydrated();
  // Sent as a password, so that browsers offer to save it and nobody reads it over a shoulder while the page loads.
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);
  // After an answer it is empty with scripts as without: what was sent does not lie about.
  const answer = useActionData<unknown>();
  useEffect(() => {
    if (answer !== undefined && input.current) input.current.value = '';
  }, [answer]);
  const described = [...(field.errors ? [field.errorId] : []), ...(hint ? [field.descriptionId] : [])];
  return (
    <div className={className}>
      <label htmlFor={field.id} className="font-medium">
        {label}
      </label>
      {hint && (
        <p id={field.descriptionId} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <div className="relative mt-1">
        <input
          ref={input}
          key={field.key}
          id={field.id}
          name={field.name}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          {...(field.errors ? { 'aria-invalid': true } : {})}
          {...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {})}
          className={`field ${canShow ? 'pr-20' : ''}`}
        />
        {canShow && (
          <button
            type="button"
            aria-pressed={isShown}
            aria-controls={field.id}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-0 right-0 min-w-16 rounded-control px-4 text-sm font-semibold underline underline-offset-4"
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        )}
      </div>
      {field.errors && (
        <p id={field.errorId} className="mt-1 text-sale">
          {field.errors[0]}
        </p>
      )}
    </div>
  );
}
