import { Link } from '@remix-run/react';
import type { Category } from '../lib/bff-types.ts';

/** The categories one step down. */
export function SubcategoryLinks({ categories }: { categories: Category[] }) {
  if (categories.length === 0) return null;
  return (
    <nav aria-label="Categories in this department" className="mt-6">
      <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-2 md:mx-0 md:flex-wrap md:px-0">
        {categories.map((category) => (
          <li key={category.id} className="flex-none">
            <Link
              to={`/c/${category.slug}`}
              prefetch="intent"
              className="button button-quiet button-small font-medium"
            >
              {category.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
