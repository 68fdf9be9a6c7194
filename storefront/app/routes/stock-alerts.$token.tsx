import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { StopMails } from '../components/StopMails.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { count } from '../lib/format.ts';
import { mailedLink, stopMails } from '../lib/mailed-link.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Mails about stock' });

export const loader = (args: LoaderFunctionArgs) =>
  mailedLink(args, (token) => bffFor(args).stockAlerts.byToken.query({ token }));

export const action = (args: ActionFunctionArgs) =>
  stopMails(args, (token) => bffFor(args).stockAlerts.stop.mutate({ token }));

export default function StockAlertsPage() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around">
        This link worked for a month after the mail. If you still get mails that you do not want, write to us.
      </UsedLink>
    );
  }
  return (
    <StopMails
      title="Mails about stock"
      lead={`You wait for ${count(link.waiting, 'thing')} more to come back, with one mail about each.`}
      over="There is nothing that you wait for, so no such mail will come."
      stopped="Stopped. You get no more mails about stock."
      isOver={link.waiting === 0}
      answer={answer}
    />
  );
}
