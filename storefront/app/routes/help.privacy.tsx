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
        Only those that the shop cannot do without: one says which cart is yours, for seven days. One keeps
        you logged in. One remembers that this browser has logged in before, so that strangers who guess at
        your password do not keep you waiting. One remembers what you looked at last, to show it to you again.
        There is no tracking, there are no advertisements, and no scripts of others run on these pages.
      </p>
      <h2>When something is sold out</h2>
      <p>
        If you ask us to tell you when it is back, we keep your address until then, a year at most, send one
        mail, and forget it a month later. The mail has a link that stops all others of its kind.
      </p>
      <h2>Your account</h2>
      <p>
        With an account we also keep what you put there: your name, addresses, wishlists, and where you are
        logged in (the kind of device, and the first part of its network address). Your password is kept only
        as a hash that does not tell it. In your account, under Privacy, you can take a copy of all of it and
        delete it; your orders then stay without your name, as the law wants our books complete.
      </p>
      <h2>Logs</h2>
      <p>
        Our logs hold the address of a page and how long it took to answer. They hold no names, no mail
        addresses and no carts.
      </p>
    </HelpPage>
  );
}
