import type { LoaderFunctionArgs } from '@remix-run/node';
import { PART_SIZE, sitemapPages, urlSet, xmlResponse } from '../lib/sitemap.server.ts';

/** One of several files of addresses: `/sitemap/1.xml`. */
export async function loader(args: LoaderFunctionArgs) {
  const part = Number(/^([1-9]\d?)\.xml$/.exec(args.params.part ?? '')?.[1]);
  const pages = Number.isNaN(part)
    ? []
    : (await sitemapPages(args)).slice((part - 1) * PART_SIZE, part * PART_SIZE);
  if (pages.length === 0) return new Response('There is no such part\n', { status: 404 });
  return xmlResponse(urlSet(args.context.shopUrl, pages));
}
