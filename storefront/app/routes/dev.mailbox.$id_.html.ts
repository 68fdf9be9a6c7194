import type { LoaderFunctionArgs } from '@remix-run/node';
import { mailPage } from '../lib/mail-page.server.ts';
import { caughtMail } from '../lib/mailbox.server.ts';

export async function loader({ context, params }: LoaderFunctionArgs) {
  return mailPage((await caughtMail(context, params.id ?? '')).html);
}
