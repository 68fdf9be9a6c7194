import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

interface DoorFrameProps {
  readonly title: string;
  /** What this is about, in a sentence. */
  readonly lead?: ReactNode;
  /** Whether what an account is good for stands beside it: where one may come to have one. */
  readonly isInviting?: boolean;
  readonly children: ReactNode;
}

const reasons: readonly { icon: IconName; text: string }[] = [
  { icon: 'parcel', text: 'See where your orders are' },
  { icon: 'bag', text: 'Check out with saved addresses' },
  { icon: 'heart', text: 'Keep wishlists, share them' },
];

/** A page at the door of the account: log-in, registration, and what links in mails lead to. */
export function DoorFrame({ title, lead, isInviting = false, children }: DoorFrameProps) {
  const form = (
    <div className="w-full max-w-md">
      <h1 className="text-4xl">{title}</h1>
      {lead && <p className="mt-3 text-muted">{lead}</p>}
      <div className="mt-8">{children}</div>
    </div>
  );
  if (!isInviting) return <div className="page flex justify-center pt-8 pb-16 lg:pt-16">{form}</div>;
  return (
    <div className="page grid gap-x-16 gap-y-12 pt-8 pb-16 lg:grid-cols-2 lg:items-start lg:pt-14">
      <div className="flex justify-center lg:justify-end">{form}</div>
      <aside
        aria-label="What an account is good for"
        className="hidden max-w-md overflow-hidden rounded-picture bg-wash lg:block"
      >
        <div className="h-14 bg-accent" />
        <div className="awning-edge" />
        <ul className="grid gap-6 px-10 pt-8 pb-12 text-lg">
          {reasons.map(({ icon, text }) => (
            <li key={text} className="flex items-center gap-4">
              <Icon name={icon} className="size-7" />
              {text}
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
}
