import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Product } from '../lib/bff-types.ts';
import { Icon, type IconName } from './Icon.tsx';

/** What it is, what it is made of, how it comes and goes back. */
export function ProductDetails({ product }: { product: Product }) {
  return (
    <div className="mt-14 grid grid-cols-1 gap-12 border-t border-line pt-12 lg:mt-20 lg:grid-cols-[minmax(0,1.35fr)_minmax(22rem,1fr)] lg:gap-14">
      <div className="grid gap-12">
        {product.descriptionHtml && (
          <section aria-labelledby="about">
            <h2 id="about" className="mb-4 text-2xl lg:text-3xl">
              About it
            </h2>
            <div
              className="prose"
              // biome-ignore lint/security/noDangerouslySetInnerHtml: the catalogue sanitises descriptions when it stores them
              dangerouslySetInnerHTML={{ __html: product.descriptionHtml }}
            />
          </section>
        )}
        {product.attributes.length > 0 && (
          <section aria-labelledby="facts">
            <h2 id="facts" className="mb-4 text-2xl lg:text-3xl">
              The facts
            </h2>
            <table className="w-full max-w-2xl text-left">
              <tbody className="divide-y divide-line border-y border-line">
                {product.attributes.map((attribute) => (
                  <tr key={attribute.key}>
                    <th scope="row" className="w-2/5 py-3 pr-4 align-top font-normal text-muted">
                      {attribute.label}
                    </th>
                    <td className="py-3">{attribute.value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      <div className="grid content-start gap-6 rounded-picture bg-wash p-6 lg:p-8">
        <Note icon="parcel" title="Delivery">
          Leaves us within a working day, with tracking. What delivery costs is shown before you pay.{' '}
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
