import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MailBody } from '../components/MailBody.tsx';
import { shopOf } from '../lib/chrome.ts';
import { formatMoment } from '../lib/format.ts';
import { caughtMail } from '../lib/mailbox.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Mail' });

export async function loader({ context, params }: LoaderFunctionArgs) {
  return { mail: await caughtMail(context, params.id ?? '') };
}

export default function Mail() {
  const { mail } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-4xl pt-8">
      <Link to="/dev/mailbox" className="link inline-flex min-h-11 items-center">
        All mail
      </Link>
      <h1 className="mt-2 text-3xl break-words">{mail.subject || 'No subject'}</h1>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 text-muted">
        <dt>From</dt>
        <dd className="break-words text-ink">{mail.from}</dd>
        <dt>To</dt>
        <dd className="break-words text-ink">{mail.to}</dd>
        <dt>Date</dt>
        <dd className="text-ink">{formatMoment(mail.date)}</dd>
      </dl>
      <MailBody htmlAddress={mail.html ? `/dev/mailbox/${mail.id}/html` : null} text={mail.text} />
    </div>
  );
}
