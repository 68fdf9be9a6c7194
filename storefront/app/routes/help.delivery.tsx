import type { MetaFunction } from '@remix-run/node';
import { HelpPage } from '../components/HelpPage.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({
    ...shopOf(matches),
    title: 'Delivery',
    description: 'Where we ship to, what it costs and how long it takes.',
    path: '/help/delivery',
  });

export default function DeliveryHelp() {
  return (
    <HelpPage title="From our counter to your door.">
      <p>
        We ship to the United States, Canada, the United Kingdom, Germany and France. An order usually leaves
        within a working day; the ways to send it, their prices and how many days each takes are shown at
        checkout as soon as we know the address, before you pay.
      </p>
      <h2>What you see is in stock</h2>
      <p>
        When you go on to pay, we set your things aside for 15 minutes. Nobody else can buy them in the
        meantime. If you leave without paying, they go back on the shelf, and nothing is charged.
      </p>
      <h2>Tax</h2>
      <p>
        Who shops in the European Union sees prices with VAT in them. Elsewhere, sales tax is added at
        checkout where your address asks for it, as a line of its own.
      </p>
    </HelpPage>
  );
}
