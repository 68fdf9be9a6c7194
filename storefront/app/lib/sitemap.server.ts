import type { LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { failPage } from './bff-errors.server.ts';

/** Search engines take 50,000 addresses a file. */
export const PART_SIZE = 40_000;
const BATCH = 5_000;
/** Where to stop, whatever happens: 50 parts. */
const MOST = 50 * PART_SIZE;

interface Entry {
  readonly path: string;
  readonly changed: string;
}

/** Every page that search engines should know, in a steady order. */
export async function sitemapPages(args: LoaderFunctionArgs): Promise<Entry[]> {
  const { sitemap } = bffFor(args).catalog;
  const entries: Entry[] = [];
  try {
    for (let cursor: string | null = null, more = true; more && entries.length < MOST; ) {
      const page: Awaited<ReturnType<typeof sitemap.query>> = await sitemap.query({ cursor, limit: BATCH });
      for (const item of page.items) {
        entries.push({
          path: `${item.kind === 'product' ? '/p/' : '/c/'}${item.slug}`,
          changed: item.updatedAt.toISOString(),
        });
      }
      cursor = page.nextCursor;
      more = cursor !== null;
    }
  } catch (error) {
    failPage(args.context, error);
  }
  return entries;
}

/** One file of addresses. Slugs hold letters, digits and hyphens alone, so nothing needs escaping. */
export function urlSet(shopUrl: string, entries: readonly Entry[]): string {
  const urls = entries.map(
    (entry) => `<url><loc>${shopUrl}${entry.path}</loc><lastmod>${entry.changed}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
}

/** The list of files, for shops that need several. */
export function sitemapIndex(shopUrl: string, parts: number): string {
  const files = Array.from(
    { length: parts },
    (_, index) => `<sitemap><loc>${shopUrl}/sitemap/${index + 1}.xml</loc></sitemap>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${files.join('\n')}\n</sitemapindex>\n`;
}

export function xmlResponse(body: string): Response {
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
}
