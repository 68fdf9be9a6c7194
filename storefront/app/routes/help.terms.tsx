import type { MetaFunction } from '@remix-run/node';
import { Link } from '@remix-run/react';
import { HelpPage } from '../components/HelpPage.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({
    ...shopOf(matches),
    title: 'Terms of sale',
    description: 'What you and we agree to when you place an order.',
    path: '/help/terms',
  });

export default function Terms() {
  return (
    <HelpPage title="What we agree to.">
      <h2>Your order</h2>
      <p>
        By “Place order” you offer to buy what the page before it showed, at the total that it showed. We
        accept with the confirmation that we mail you. Until then nothing is charged.
      </p>
      <h2>Prices and payment</h2>
      <p>
        You pay the total that you saw. By card, the money is taken once your order is confirmed. By bank
        transfer or link, we keep your things for seven and three days; after that the order is called off.
      </p>
      <h2>Delivery</h2>
      <p>
        Days of arrival are estimates, worked out from when we send and how long the way takes. What is sold
        ahead of its stock is sent when it is here; its page and your order tell when.{' '}
        <Link to="/help/delivery" className="link">
          More about delivery
        </Link>
      </p>
      <h2>Changing your mind</h2>
      <p>
        You may send back unused things within 30 days of their arrival.{' '}
        <Link to="/help/returns" className="link">
          How returns work
        </Link>
      </p>
    </HelpPage>
  );
}
