import { Link, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { Category } from '../lib/bff-types.ts';
import { Icon } from './Icon.tsx';

/** How many departments fit beside each other; the rest are in the sheet. */
const SHOWN = 8;

/** The departments side by side, each opening onto its categories: wide screens. Works without scripts. */
export function CategoryBar({ categories }: { categories: Category[] }) {
  const { key } = useLocation();
  const bar = useRef<HTMLElement>(null);

  useEffect(() => {
    const closeAll = () => {
      for (const open of bar.current?.querySelectorAll('details[open]') ?? []) open.removeAttribute('open');
    };
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !bar.current?.contains(event.target)) closeAll();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      bar.current?.querySelector<HTMLElement>('details[open] > summary')?.focus();
      closeAll();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);

  if (categories.length === 0) return null;
  return (
    <nav ref={bar} aria-label="Departments" className="page hidden lg:block">
      <ul className="-mx-3 flex flex-wrap pb-2">
        {categories.slice(0, SHOWN).map((department) => (
          <li key={`${department.id}-${key}`} className="relative">
            {department.children.length === 0 ? (
              <Link
                to={`/c/${department.slug}`}
                className="flex h-11 items-center rounded-full px-3 hover:bg-wash"
              >
                {department.name}
              </Link>
            ) : (
              <details name="departments" className="group">
                <summary className="flex h-11 items-center gap-1 rounded-full px-3 select-none hover:bg-wash">
                  {department.name}
                  <Icon name="chevron" className="size-4 transition-transform group-open:rotate-180" />
                </summary>
                <ul className="absolute top-full left-0 z-40 min-w-60 rounded-picture border border-line bg-raised p-2 shadow-xl">
                  <li>
                    <Link
                      to={`/c/${department.slug}`}
                      className="flex min-h-11 items-center rounded-control px-3 font-semibold hover:bg-wash"
                    >
                      All of {department.name}
                    </Link>
                  </li>
                  {department.children.map((category) => (
                    <li key={category.id}>
                      <Link
                        to={`/c/${category.slug}`}
                        className="flex min-h-11 items-center rounded-control px-3 hover:bg-wash"
                      >
                        {category.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
