import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { DoorFrame } from './DoorFrame.tsx';

interface UsedLinkProps {
  /** What can be done instead. */
  readonly children: ReactNode;
  readonly to: string;
  readonly action: string;
}

/** What a link in a mail leads to when it has been used, is too old, or was cut off. */
export function UsedLink({ children, to, action }: UsedLinkProps) {
  return (
    <DoorFrame title="This link no longer works" lead={children}>
      <Link to={to} className="button">
        {action}
      </Link>
    </DoorFrame>
  );
}
