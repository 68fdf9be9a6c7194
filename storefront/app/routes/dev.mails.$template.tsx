import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MailBody } from '../components/MailBody.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, failWith } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Mail' });

export async function loader(args: LoaderFunctionArgs) {
  const bff = bffFor(args);
  const locale = new URL(args.request.url).searchParams.get('locale')?.slice(0, 35) || 'en';
  try {
    const { templates, locales } = await bff.mails.templates.query();
    const template = templates.find((name) => name === args.params.template);
    if (!template) failWith(args.context, 404);
    const mail = await bff.mails.preview.query({ template, locale });
    return { template, locale, locales, mail };
  } catch (error) {
    failPage(args.context, error);
  }
}

export default function MailPreview() {
  const { template, locale, locales, mail } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-4xl pt-8">
      <Link to="/dev/mails" className="link inline-flex min-h-11 items-center">
        All mails
      </Link>
      <h1 className="mt-2 text-3xl break-words">{mail.subject}</h1>
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
      <MailBody html={mail.html} text={mail.text} />
    </div>
  );
}
