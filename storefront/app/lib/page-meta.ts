import type { MetaDescriptor } from '@remix-run/node';
import type { Picture } from './bff-types.ts';

interface PageMeta {
  readonly shopUrl: string;
  readonly shopName: string;
  readonly title: string;
  readonly description?: string;
  /** The one address of the page, from its slash on; none for pages that search engines should not keep. */
  readonly path?: string;
  readonly image?: Picture | null;
  readonly type?: 'website' | 'product';
}

function pictureUrl(shopUrl: string, image: Picture): string {
  return `${shopUrl}/media/${image.key}/${Math.max(...image.widths)}.webp`;
}

/** Title, description, canonical address and Open Graph of a page; pages without a `path` are not indexed. */
export function pageMeta(page: PageMeta): MetaDescriptor[] {
  const title = page.title === page.shopName ? page.title : `${page.title} · ${page.shopName}`;
  const meta: MetaDescriptor[] = [
    { title },
    { property: 'og:title', content: page.title },
    { property: 'og:site_name', content: page.shopName },
    { property: 'og:type', content: page.type ?? 'website' },
  ];
  if (page.description) {
    meta.push(
      { name: 'description', content: page.description },
      { property: 'og:description', content: page.description },
    );
  }
  if (page.path === undefined) {
    meta.push({ name: 'robots', content: 'noindex' });
  } else {
    const url = `${page.shopUrl}${page.path}`;
    meta.push({ tagName: 'link', rel: 'canonical', href: url }, { property: 'og:url', content: url });
  }
  if (page.image) {
    meta.push(
      { property: 'og:image', content: pictureUrl(page.shopUrl, page.image) },
      { name: 'twitter:card', content: 'summary_large_image' },
    );
  }
  return meta;
}

/** Text of sanitised HTML, shortened at a word: for descriptions. */
export function plainText(html: string, length = 155): string {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= length) return text;
  return `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;
}
