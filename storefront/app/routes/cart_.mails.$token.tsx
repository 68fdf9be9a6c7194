import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { StopMails } from '../components/StopMails.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { mailedLink, stopMails } from '../lib/mailed-link.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) =>
  pageMeta({ ...shopOf(matches), title: 'Mails about carts' });

export const loader = (args: LoaderFunctionArgs) =>
  mailedLink(args, (token) => bffFor(args).cart.remindersByToken.query({ token }));

export const action = (args: ActionFunctionArgs) =>
  stopMails(args, (token) => bffFor(args).cart.stopReminders.mutate({ token }));

export default function CartMailsPage() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around">
        Part of its address is missing. Open it from the mail once more, or write to us.
      </UsedLink>
    );
  }
  return (
    <StopMails
      title="Mails about carts"
      lead="We send one when you leave things in your cart and wanted to hear of it. You can stop them for good."
      over="No more mails about carts go to your address."
      stopped="Stopped. You get no more mails about carts."
      isOver={link.isStopped}
      answer={answer}
    />
  );
}
