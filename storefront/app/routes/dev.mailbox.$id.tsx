import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
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
      {mail.html && (
        <iframe
          title="The mail as its reader sees it"
          // No scripts, no forms, no origin: a mail is a stranger's page. Its links open beside.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${mail.html}`}
          className="mt-6 h-[70dvh] w-full rounded-control border border-line bg-white"
        />
      )}
      {mail.text && (
        <section aria-labelledby="text">
          <h2 id="text" className="mt-8 mb-2 text-xl">
            As text
          </h2>
          <MailText text={mail.text} />
        </section>
      )}
    </div>
  );
}

/** Plain text with its addresses as links. */
function MailText({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>")]+)/);
  return (
    <pre className="overflow-x-auto rounded-control bg-wash p-4 font-sans whitespace-pre-wrap">
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <a key={index} href={part} className="break-all underline underline-offset-2">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
