import { Link } from '@remix-run/react';
import { type Chrome, useShop } from '../lib/chrome.ts';
import { Logo } from './Logo.tsx';
import { FooterRegion } from './RegionChoice.tsx';

const help = [
  { to: '/help/delivery', label: 'Delivery' },
  { to: '/help/returns', label: 'Returns' },
  { to: '/help/terms', label: 'Terms of sale' },
  { to: '/help/privacy', label: 'Privacy' },
  { to: '/help/contact', label: 'Contact' },
];

/** The bottom of every page. */
export function ShopFooter({ chrome }: { chrome: Chrome }) {
  const shop = useShop();
  const name = shop?.shopName ?? 'Souk';
  const links = help.map((page) => (
    <li key={page.to}>
      <Link to={page.to} className="inline-flex min-h-11 items-center hover:underline">
        {page.label}
      </Link>
    </li>
  ));
  if (chrome === 'checkout') {
    return (
      <footer className="border-t border-line">
        <nav aria-label="Help" className="page py-4">
          <ul className="flex flex-wrap gap-x-6 text-sm text-muted">{links}</ul>
        </nav>
      </footer>
    );
  }
  const departments = shop?.categories ?? [];
  return (
    <footer className="mt-24 border-t border-line bg-wash">
      <div className="page grid gap-10 py-12 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1.6fr]">
        <div className="max-w-sm">
          <Logo name={name} />
          <p className="mt-4 text-muted">
            A market street of small makers under one roof, one cart and one parcel counter. What you see is
            in stock; what you pay is what it says.
          </p>
        </div>
        {departments.length > 0 && (
          <nav aria-labelledby="footer-shop">
            <h2 id="footer-shop" className="mb-2 text-lg">
              Shop
            </h2>
            <ul>
              {departments.slice(0, 8).map((department) => (
                <li key={department.id}>
                  <Link
                    to={`/c/${department.slug}`}
                    className="inline-flex min-h-11 items-center hover:underline"
                  >
                    {department.name}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <nav aria-labelledby="footer-help">
          <h2 id="footer-help" className="mb-2 text-lg">
            Help
          </h2>
          <ul>
            {links}
            {shop?.hasMailbox && (
              <li>
                <Link to="/dev/mailbox" className="inline-flex min-h-11 items-center hover:underline">
                  Mailbox of this demo
                </Link>
              </li>
            )}
          </ul>
        </nav>
        <FooterRegion />
      </div>
      {shop?.isTestMode && (
        <p className="page pb-8 text-sm text-muted">
          This shop is a demonstration: no card is charged and nothing is sent.
        </p>
      )}
    </footer>
  );
}
