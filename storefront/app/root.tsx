import displayFont from '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2?url';
import textFont from '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2?url';
import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useRouteError,
} from '@remix-run/react';
import { type ReactNode, useContext } from 'react';
import { CartDrawer } from './components/CartDrawer.tsx';
import { CartNoteBar } from './components/CartNoteBar.tsx';
import { ErrorPage, errorTitle } from './components/ErrorPage.tsx';
import { ShopFooter } from './components/ShopFooter.tsx';
import { ShopHeader } from './components/ShopHeader.tsx';
import { bffFor } from './lib/bff.server.ts';
import { refusalOf } from './lib/bff-errors.server.ts';
import { clearedCartNote, readCartNote } from './lib/cart-note.server.ts';
import { useChrome } from './lib/chrome.ts';
import { useFocusOnNavigation } from './lib/focus.ts';
import { useMarkOfScripts } from './lib/hydrated.ts';
import { NonceContext } from './lib/nonce.ts';
import { me } from './lib/session.server.ts';
import { categoryTree, shopInfo } from './lib/shop.server.ts';
import styles from './styles/app.css?url';

export const links: LinksFunction = () => [
  { rel: 'preload', as: 'font', type: 'font/woff2', href: displayFont, crossOrigin: 'anonymous' },
  { rel: 'preload', as: 'font', type: 'font/woff2', href: textFont, crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' },
  { rel: 'manifest', href: '/site.webmanifest' },
];

/** For pages that failed: the others say for themselves what they are called. */
export const meta: MetaFunction = ({ error }) =>
  error === undefined ? [] : [{ title: errorTitle(error) }, { name: 'robots', content: 'noindex' }];

/** What every page shows around itself. The page stands without it, so none of it may fail the page. */
export async function loader(args: LoaderFunctionArgs) {
  const orNull = async <Value,>(asked: Promise<Value>): Promise<Value | null> => {
    try {
      return await asked;
    } catch (error) {
      args.context.log.error(
        { code: refusalOf(error)?.code, err: error },
        'the frame of the page is incomplete',
      );
      return null;
    }
  };
  const [shop, categories, cart, who] = await Promise.all([
    orNull(shopInfo(args)),
    orNull(categoryTree(args)),
    orNull(bffFor(args).cart.summary.query()),
    orNull(me(args)),
  ]);
  const { shopUrl } = args.context;
  const cartNote = readCartNote(args.request, shopUrl);
  const frame = {
    requestId: args.context.requestId,
    shopUrl,
    shopName: shop?.name ?? 'Souk',
    currency: shop?.currency ?? 'USD',
    region: shop?.region ?? null,
    regions: shop?.regions ?? [],
    isTestMode: shop?.paymentsTestMode ?? false,
    hasMailbox: args.context.mailboxUrl !== null,
    categories: categories ?? [],
    itemCount: cart?.itemCount ?? 0,
    isLoggedIn: who !== null,
    cartNote,
  };
  // what is said once is forgotten as it is said
  return data(frame, cartNote === null ? {} : { headers: { 'set-cookie': clearedCartNote(shopUrl) } });
}

/** The frame changes when the shopper does something, not when they look around. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod !== undefined && formMethod !== 'GET' ? defaultShouldRevalidate : false;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext);
  const chrome = useChrome();
  useFocusOnNavigation();
  useMarkOfScripts();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121416" />
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col">
        <a href="#main" className="button fixed top-2 left-2 z-50 -translate-y-24 focus:translate-y-0">
          Skip to the content
        </a>
        <ShopHeader chrome={chrome} />
        <main id="main" tabIndex={-1} className="grow">
          {children}
        </main>
        <ShopFooter chrome={chrome} />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <CartDrawer>
      <CartNoteBar />
      <Outlet />
    </CartDrawer>
  );
}

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />;
}
