import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useShop } from '../lib/chrome.ts';
import { useFocusOn } from '../lib/focus.ts';
import { Icon } from './Icon.tsx';

/** Says that a mail is on its way, and what to do with it; takes the focus, as it stands in the place of a form. */
export function SentMail({ to, children }: { to: string; children: ReactNode }) {
  const note = useFocusOn<HTMLDivElement>(to);
  const hasMailbox = useShop()?.hasMailbox ?? false;
  return (
    <div ref={note} tabIndex={-1} role="status" className="rounded-picture bg-wash p-6">
      <p className="flex gap-3 text-lg font-semibold">
        <Icon name="check" className="mt-0.5 size-6" />
        <span className="min-w-0 break-words">We have sent a mail to {to}</span>
      </p>
      <div className="mt-3 grid gap-3">{children}</div>
      {hasMailbox && (
        <Link to="/dev/mailbox" className="link mt-4 inline-flex min-h-11 items-center">
          Open the test mailbox
        </Link>
      )}
    </div>
  );
}
