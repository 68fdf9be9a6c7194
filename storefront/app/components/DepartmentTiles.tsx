import { Link } from '@remix-run/react';
import type { Picture } from '../lib/bff-types.ts';
import { count } from '../lib/format.ts';
import { ProductImage } from './ProductImage.tsx';

interface Department {
  readonly slug: string;
  readonly name: string;
  readonly total: number;
  readonly image: Picture | null;
}

/** The departments, each with a thing that it sells. */
export function DepartmentTiles({ departments }: { departments: Department[] }) {
  if (departments.length === 0) return null;
  return (
    <section aria-labelledby="departments" className="page">
      <h2 id="departments" className="mb-6 text-2xl lg:text-3xl">
        Stalls to start at
      </h2>
      <ul className="grid grid-cols-2 gap-4 md:grid-cols-3 lg:gap-6">
        {departments.map((department) => (
          <li key={department.slug} className="group relative overflow-hidden rounded-picture bg-wash">
            <div className="grid grid-rows-[1fr_auto] sm:grid-cols-[1fr_auto] sm:grid-rows-1 sm:items-stretch">
              <div className="order-2 flex flex-col justify-end p-4 sm:order-1 lg:p-6">
                <h3 className="text-lg lg:text-2xl">
                  <Link
                    to={`/c/${department.slug}`}
                    prefetch="intent"
                    className="after:absolute after:inset-0 group-hover:underline group-hover:decoration-accent-deep group-hover:decoration-[3px] group-hover:underline-offset-4"
                  >
                    {department.name}
                  </Link>
                </h3>
                <p className="mt-1 text-sm text-muted">{count(department.total, 'product')}</p>
              </div>
              <div className="order-1 aspect-[4/3] sm:order-2 sm:aspect-square sm:w-36 lg:w-48">
                <ProductImage
                  image={department.image}
                  alt=""
                  sizes="(min-width: 64rem) 12rem, (min-width: 40rem) 9rem, 45vw"
                />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
