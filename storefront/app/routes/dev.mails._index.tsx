import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { shopOf } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Mails' });

export async function loader(args: LoaderFunctionArgs) {
  try {
    return await bffFor(args).mails.templates.query();
  } catch (error) {
    failPage(args.context, error);
  }
}

export default function Mails() {
  const { templates, locales } = useLoaderData<typeof loader>();
  return (
    <div className="page max-w-4xl pt-8">
      <Link to="/dev/mailbox" className="link inline-flex min-h-11 items-center">
        Mailbox
      </Link>
      <h1 className="mt-2 text-4xl">Mails</h1>
      <p className="mt-2 text-muted">Every mail that this shop can write, with made-up data.</p>
      <ul className="mt-8 divide-y divide-line border-y border-line">
        {templates.map((template) => (
          <li key={template} className="flex flex-wrap items-center justify-between gap-x-6 py-2">
            <h2 className="font-sans text-lg font-semibold tracking-normal">{template}</h2>
            <ul className="flex gap-5">
              {locales.map((locale) => (
                <li key={locale}>
                  <Link
                    to={`/dev/mails/${template}?locale=${locale}`}
                    aria-label={`${template} in ${locale}`}
                    className="link inline-flex min-h-11 min-w-11 items-center justify-center"
                  >
                    {locale}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
