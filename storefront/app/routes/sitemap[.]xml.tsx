import type { LoaderFunctionArgs } from '@remix-run/node';
import { PART_SIZE, sitemapIndex, sitemapPages, urlSet, xmlResponse } from '../lib/sitemap.server.ts';

/** All addresses in one file, or the list of files when they are too many. */
export async function loader(args: LoaderFunctionArgs) {
  const { shopUrl } = args.context;
  const pages = await sitemapPages(args);
  if (pages.length > PART_SIZE)
    return xmlResponse(sitemapIndex(shopUrl, Math.ceil(pages.length / PART_SIZE)));
  const changed = pages
    .map((page) => page.changed)
    .sort()
    .at(-1);
  return xmlResponse(urlSet(shopUrl, changed ? [{ path: '/', changed }, ...pages] : []));
}
