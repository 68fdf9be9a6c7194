import { NavLink } from '@remix-run/react';
import type { ReactNode } from 'react';

const pages = [
  { to: '/help/delivery', label: 'Delivery' },
  { to: '/help/returns', label: 'Returns' },
  { to: '/help/terms', label: 'Terms of sale' },
  { to: '/help/privacy', label: 'Privacy' },
  { to: '/help/contact', label: 'Contact' },
];

/** A page of help: its text, and the others. */
export function HelpPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page pt-8 lg:pt-14">
      <h1 className="max-w-3xl text-4xl lg:text-6xl">{title}</h1>
      <div className="mt-8 grid grid-cols-1 gap-10 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="prose text-lg">{children}</div>
        <nav aria-label="Help pages">
          <ul className="border-t border-line pt-2 lg:border-0 lg:pt-0">
            {pages.map((page) => (
              <li key={page.to}>
                <NavLink
                  to={page.to}
                  className="inline-flex min-h-11 items-center hover:underline aria-[current=page]:font-semibold"
                >
                  {page.label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </div>
  );
}
