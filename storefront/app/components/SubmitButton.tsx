import { useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

interface SubmitButtonProps {
  readonly children: ReactNode;
  /** What the button says while the form is on its way. */
  readonly busy: string;
  readonly className?: string;
}

/** Sends the page's form, once: while it is on its way the button rests. It keeps the focus, which a disabled one would lose. */
export function SubmitButton({ children, busy, className = '' }: SubmitButtonProps) {
  const navigation = useNavigation();
  const isSending = navigation.state !== 'idle' && navigation.formMethod === 'POST';
  return (
    <button
      type="submit"
      className={`button ${className}`}
      aria-disabled={isSending || undefined}
      onClick={(event) => isSending && event.preventDefault()}
    >
      {isSending ? busy : children}
    </button>
  );
}
