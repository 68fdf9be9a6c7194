import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MailBody } from '../components/MailBody.tsx';
import { shopOf } from '../lib/chrome.ts';
import { mailPreview } from '../lib/mail-preview.server.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Mail' });

export async function loader(args: LoaderFunctionArgs) {
  const { template, locale, locales, mail } = await mailPreview(args);
  return { template, locale, locales, subject: mail.subject, text: mail.text };
}

export default function MailPreview() {
  const { template, locale, locales, subject, text } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-4xl pt-8">
      <Link to="/dev/mails" className="link inline-flex min-h-11 items-center">
        All mails
      </Link>
      <h1 className="mt-2 text-3xl break-words">{subject}</h1>
      <p className="mt-2 text-muted">{template}</p>
      <nav aria-label="Language" className="mt-2 flex gap-5">
        {locales.map((name) => (
          <Link
            key={name}
            to={`?locale=${name}`}
            aria-current={name === locale ? 'page' : undefined}
            className={`inline-flex min-h-11 min-w-11 items-center justify-center ${name === locale ? 'font-bold' : 'link'}`}
          >
            {name}
          </Link>
        ))}
      </nav>
      <MailBody htmlAddress={`/dev/mails/${template}/html?${new URLSearchParams({ locale })}`} text={text} />
    </div>
  );
}
