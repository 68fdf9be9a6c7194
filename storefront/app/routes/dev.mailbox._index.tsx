import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { shopOf } from '../lib/chrome.ts';
import { formatMoment } from '../lib/format.ts';
import { caughtMails } from '../lib/mailbox.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Mailbox' });

export async function loader({ context }: LoaderFunctionArgs) {
  return { mails: await caughtMails(context) };
}

export default function Mailbox() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-4xl pt-8">
      <h1 className="text-4xl">Mailbox</h1>
      <p className="mt-2 text-muted">What this shop would have mailed. Nothing leaves the machine.</p>
      <Link to="/dev/mails" className="link inline-flex min-h-11 items-center">
        See every mail that it can write
      </Link>
      {mails.length === 0 ? (
        <p className="mt-8 rounded-picture bg-wash p-6">
          No mail yet. Place an order, and its confirmation arrives here.
        </p>
      ) : (
        <ul className="mt-8 divide-y divide-line border-y border-line">
          {mails.map((mail) => (
            <li key={mail.id} className="relative py-4 hover:bg-wash">
              <h2 className="font-sans text-lg font-semibold tracking-normal break-words">
                <Link to={`/dev/mailbox/${mail.id}`} className="after:absolute after:inset-0">
                  {mail.subject || 'No subject'}
                </Link>
              </h2>
              <p className="text-sm text-muted">
                To {mail.to} · <time dateTime={mail.date.toISOString()}>{formatMoment(mail.date)}</time>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
