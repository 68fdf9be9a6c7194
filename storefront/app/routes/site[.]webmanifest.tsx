import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopInfo } from '../lib/shop.server.ts';

/** What the shop is called and looks like on a home screen. */
export async function loader(args: LoaderFunctionArgs) {
  const name = await shopInfo(args).then(
    (shop) => shop.name,
    () => 'Souk',
  );
  const manifest = {
    name,
    short_name: name,
    start_url: '/',
    display: 'browser',
    background_color: '#ffffff',
    theme_color: '#ffc72c',
    icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
  });
}
