import type { ReactNode } from 'react';
import { useFocusOn } from '../lib/focus.ts';
import { Icon } from './Icon.tsx';

/** Says what went wrong and what to do; takes the focus when it appears. */
export function ErrorNote({ children, className = '' }: { children: ReactNode; className?: string }) {
  const note = useFocusOn<HTMLParagraphElement>(children);
  return (
    <p
      ref={note}
      tabIndex={-1}
      role="alert"
      className={`flex gap-3 rounded-control bg-alert-wash p-4 text-sale ${className}`}
    >
      <Icon name="alert" className="mt-0.5 size-5" />
      <span>{children}</span>
    </p>
  );
}
