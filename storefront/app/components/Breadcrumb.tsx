import { Link } from '@remix-run/react';
import type { Crumb } from '../lib/bff-types.ts';

/** The way from the home page to here. */
export function Breadcrumb({ crumbs, here }: { crumbs: readonly Crumb[]; here: string }) {
  return (
    <nav aria-label="Breadcrumb" className="text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-2">
        <li>
          <Link to="/" className="inline-flex min-h-11 items-center hover:underline">
            Home
          </Link>
        </li>
        {crumbs.map((crumb) => (
          <li key={crumb.slug} className="flex items-center gap-x-2">
            <span aria-hidden="true">/</span>
            <Link to={`/c/${crumb.slug}`} className="inline-flex min-h-11 items-center hover:underline">
              {crumb.name}
            </Link>
          </li>
        ))}
        <li aria-current="page" className="flex items-center gap-x-2 text-ink">
          <span aria-hidden="true">/</span>
          {here}
        </li>
      </ol>
    </nav>
  );
}
