import type { FieldMetadata } from '@conform-to/react';
import { type FocusEvent, useRef, useState } from 'react';
import { suggestEmail } from '../lib/form-email.ts';
import { TextField } from './FormField.tsx';

/** The shopper's e-mail address. With scripts, a domain that is nearly that of a great provider is asked about, and nothing more. */
export function CheckoutEmail({ field }: { field: FieldMetadata<string> }) {
  const [suggestion, setSuggestion] = useState<string | null>(null);
  const input = useRef<HTMLInputElement | null>(null);
  const look = ({ target }: FocusEvent<HTMLInputElement>) => {
    input.current = target;
    setSuggestion(suggestEmail(target.value));
  };
  const take = () => {
    if (input.current === null || suggestion === null) return;
    input.current.value = suggestion;
    input.current.dispatchEvent(new Event('input', { bubbles: true }));
    input.current.focus();
    setSuggestion(null);
  };
  return (
    <div>
      <TextField
        field={field}
        label="E-mail"
        hint="For the confirmation of your order, and nothing else."
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        enterKeyHint="next"
        spellCheck={false}
        onBlur={look}
      />
      <div aria-live="polite">
        {suggestion && (
          <p className="mt-1 text-sm">
            Did you mean{' '}
            <button type="button" className="link cursor-pointer font-semibold break-all" onClick={take}>
              {suggestion}
            </button>
            ?
          </p>
        )}
      </div>
    </div>
  );
}
