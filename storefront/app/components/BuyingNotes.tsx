import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/** How a thing comes, and how it goes back: beside the button that buys it. */
export function BuyingNotes() {
  return (
    <div className="mt-8 grid gap-6 rounded-picture bg-wash p-6">
      <Note icon="parcel" title="Delivery">
        Leaves us within a working day, with tracking. What it costs is shown before you pay.{' '}
        <Link to="/help/delivery" className="link">
          More about delivery
        </Link>
      </Note>
      <Note icon="returns" title="Returns">
        Changed your mind? Send it back unused within 30 days.{' '}
        <Link to="/help/returns" className="link">
          How returns work
        </Link>
      </Note>
    </div>
  );
}

function Note({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <section className="flex gap-4">
      <Icon name={icon} className="mt-0.5 size-6" />
      <div>
        <h2 className="text-lg">{title}</h2>
        <p className="mt-1 leading-relaxed text-muted">{children}</p>
      </div>
    </section>
  );
}
