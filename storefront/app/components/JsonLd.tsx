import { useContext } from 'react';
import { NonceContext } from '../lib/nonce.ts';

/** Structured data for search engines. */
export function JsonLd({ data }: { data: object }) {
  const nonce = useContext(NonceContext);
  // A `<` in the data could end the element: written as its escape, JSON stays the same.
  const text = JSON.stringify(data).replace(/</g, '\\u003c');
  return (
    <script
      type="application/ld+json"
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped above; React would escape quotes, which breaks JSON
      dangerouslySetInnerHTML={{ __html: text }}
    />
  );
}
