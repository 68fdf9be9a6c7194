import type { ReactNode } from 'react';
import { useFocusOn } from '../lib/focus.ts';
import { Icon } from './Icon.tsx';

/** Says that a form has done what it was for; takes the focus, as the page looks as before. */
export function SavedNote({ children }: { children: ReactNode }) {
  const note = useFocusOn<HTMLParagraphElement>(true);
  return (
    <p ref={note} tabIndex={-1} role="status" className="mb-6 flex gap-3 rounded-control bg-note-wash p-4">
      <Icon name="check" className="mt-0.5 size-5" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
