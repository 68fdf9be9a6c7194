import { Link, useLocation } from '@remix-run/react';
import type { Category } from '../lib/bff-types.ts';
import { Icon } from './Icon.tsx';
import { SheetRegion } from './RegionChoice.tsx';

/** All departments and categories in one sheet: phones. A plain disclosure, so it opens without scripts. */
export function CategorySheet({ categories }: { categories: Category[] }) {
  const { key } = useLocation();
  return (
    <details key={key} className="group -ml-2 lg:hidden">
      <summary className="grid size-12 place-items-center rounded-full">
        <Icon name="menu" className="size-6 group-open:hidden" />
        <Icon name="close" className="hidden size-6 group-open:block" />
        <span className="sr-only">Menu</span>
      </summary>
      <div className="absolute inset-x-0 top-full z-40 max-h-[75dvh] overflow-y-auto border-b border-line bg-ground shadow-xl">
        <nav aria-label="All departments">
          <ul className="page divide-y divide-line py-2">
            {categories.map((department) => (
              <li key={department.id} className="py-2">
                <Link
                  to={`/c/${department.slug}`}
                  className="flex min-h-12 items-center font-display text-xl font-bold tracking-tight"
                >
                  {department.name}
                </Link>
                {department.children.length > 0 && (
                  <ul className="grid grid-cols-2 gap-x-4 pb-2">
                    {department.children.map((category) => (
                      <li key={category.id}>
                        <Link to={`/c/${category.slug}`} className="flex min-h-11 items-center text-muted">
                          {category.name}
                        </Link>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
            {categories.length === 0 && (
              <li>
                <Link to="/search" className="flex min-h-12 items-center">
                  All products
                </Link>
              </li>
            )}
          </ul>
        </nav>
        <SheetRegion />
      </div>
    </details>
  );
}
