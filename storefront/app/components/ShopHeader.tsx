import { Form, Link, useLocation, useSearchParams } from '@remix-run/react';
import { type Chrome, useShop } from '../lib/chrome.ts';
import { CategoryBar } from './CategoryBar.tsx';
import { CategorySheet } from './CategorySheet.tsx';
import { Icon } from './Icon.tsx';
import { Logo } from './Logo.tsx';
import { HeaderRegion } from './RegionChoice.tsx';

/** The top of every page. During checkout only the way home is left. */
export function ShopHeader({ chrome }: { chrome: Chrome }) {
  const shop = useShop();
  const name = shop?.shopName ?? 'Souk';
  if (chrome === 'checkout') {
    return (
      <header className="border-b border-line bg-ground">
        <div className="page flex h-16 items-center justify-between">
          <Link to="/" aria-label={`${name}, home page`}>
            <Logo name={name} />
          </Link>
          <span className="flex items-center gap-2 text-sm text-muted">
            <Icon name="lock" className="size-4" />
            Secure checkout
          </span>
        </div>
      </header>
    );
  }

  const categories = shop?.categories ?? [];
  return (
    <header className="relative z-30 border-b border-line bg-ground">
      <div className="page grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-3 py-3 lg:grid-cols-[auto_1fr_auto] lg:gap-x-8">
        <div className="flex items-center gap-1 lg:gap-0">
          <CategorySheet categories={categories} />
          <Link to="/" aria-label={`${name}, home page`} className="-my-1 py-1">
            <Logo name={name} />
          </Link>
        </div>
        <HeaderSearch />
        <div className="col-start-3 flex items-center">
          <HeaderRegion />
          <AccountLink isLoggedIn={shop?.isLoggedIn ?? false} />
          <CartLink itemCount={shop?.itemCount ?? 0} />
        </div>
      </div>
      <CategoryBar categories={categories} />
    </header>
  );
}

/** Searches the whole shop; keeps what was searched for in view. */
function HeaderSearch() {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const query = pathname === '/search' ? (params.get('q') ?? '') : '';
  return (
    <Form
      role="search"
      aria-label="Products"
      action="/search"
      className="relative order-last col-span-full lg:order-none lg:col-span-1 lg:max-w-2xl"
    >
      <label htmlFor="header-search" className="sr-only">
        Search products
      </label>
      <input
        key={query}
        id="header-search"
        className="field rounded-full pr-14 pl-5"
        type="search"
        name="q"
        defaultValue={query}
        placeholder="Search products and brands"
        autoComplete="off"
        autoCapitalize="none"
        enterKeyHint="search"
        maxLength={200}
      />
      <button type="submit" className="absolute top-0 right-0 grid size-12 place-items-center rounded-full">
        <Icon name="search" />
        <span className="sr-only">Search</span>
      </button>
    </Form>
  );
}

/** To the account, or to the log-in and back to the page at hand. */
function AccountLink({ isLoggedIn }: { isLoggedIn: boolean }) {
  const { pathname, search } = useLocation();
  const isEntry = /^\/(login|register|forgot-password|reset-password|verify-email)(\/|$)/.test(pathname);
  const returnTo =
    isEntry || pathname === '/' ? '' : `?${new URLSearchParams({ returnTo: pathname + search })}`;
  return (
    <Link
      to={isLoggedIn ? '/account' : `/login${returnTo}`}
      className="flex h-12 items-center gap-2 rounded-full px-3 hover:bg-wash"
    >
      <Icon name="person" className="size-6" />
      <span className="sr-only font-semibold sm:not-sr-only">{isLoggedIn ? 'Account' : 'Log in'}</span>
    </Link>
  );
}

function CartLink({ itemCount }: { itemCount: number }) {
  return (
    <Link to="/cart" className="relative flex h-12 items-center gap-2 rounded-full px-3 hover:bg-wash">
      <Icon name="bag" className="size-6" />
      <span className="hidden font-semibold sm:inline">Cart</span>
      <span className="sr-only">: {itemCount === 1 ? '1 item' : `${itemCount} items`}</span>
      {itemCount > 0 && (
        <span
          aria-hidden="true"
          className="grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 text-sm font-bold text-on-accent tabular-nums"
        >
          {itemCount > 99 ? '99+' : itemCount}
        </span>
      )}
    </Link>
  );
}
