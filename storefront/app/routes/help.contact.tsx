import type { MetaFunction } from '@remix-run/node';
import { HelpPage } from '../components/HelpPage.tsx';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Contact', description: 'How to reach us.', path: '/help/contact' });

export default function ContactHelp() {
  return (
    <HelpPage title="Talk to a person.">
      <p>
        For anything about an order, answer its confirmation mail: whoever reads it has your order at hand,
        and nobody has to look for a number.
      </p>
      <p>If a page failed, send the number that it showed you: it tells us exactly what went wrong.</p>
    </HelpPage>
  );
}
