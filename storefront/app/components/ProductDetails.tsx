import type { Product } from '../lib/bff-types.ts';

/** What it is, and what it is made of. */
export function ProductDetails({ product }: { product: Product }) {
  if (!product.descriptionHtml && product.attributes.length === 0) return null;
  return (
    <div className="grid content-start gap-12">
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
  );
}
