import type { MetaFunction } from '@remix-run/node';
import { HelpPage } from '../components/HelpPage.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({
    ...shopOf(matches),
    title: 'Privacy',
    description: 'What we keep of you, why, and for how long.',
    path: '/help/privacy',
  });

export default function PrivacyHelp() {
  return (
    <HelpPage title="What we know, and what we leave alone.">
      <p>
        We keep what an order needs: your e-mail address, the addresses for delivery and billing, and what you
        bought. Your card never touches our servers: our payment service takes it, and tells us its brand and
        last four digits.
      </p>
      <h2>Cookies</h2>
      <p>
        One, and only once you put something in your cart: it says which cart is yours, for seven days. There
        is no tracking, there are no advertisements, and no scripts of others run on these pages.
      </p>
      <h2>Logs</h2>
      <p>
        Our logs hold the address of a page and how long it took to answer. They hold no names, no mail
        addresses and no carts.
      </p>
    </HelpPage>
  );
}
