import type { MetaFunction } from '@remix-run/node';
import { HelpPage } from '../components/HelpPage.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({
    ...shopOf(matches),
    title: 'Returns',
    description: 'Thirty days to change your mind, and how to send something back.',
    path: '/help/returns',
  });

export default function ReturnsHelp() {
  return (
    <HelpPage title="Thirty days to change your mind.">
      <p>
        Send back what you have not used within 30 days of its arrival, in its packaging, and we refund what
        you paid for it to the card that you paid with.
      </p>
      <h2>How</h2>
      <ol>
        <li>Answer the confirmation mail of your order, and name the things that come back.</li>
        <li>We send you the address and a number for the parcel.</li>
        <li>The refund leaves us within five working days of the arrival of the parcel.</li>
      </ol>
      <h2>Something broken or wrong</h2>
      <p>
        Tell us in the same way. We send the right thing, or refund it with the cost of delivery: you choose.
      </p>
    </HelpPage>
  );
}
