import type { LoaderFunctionArgs } from '@remix-run/node';
import { mailPage } from '../lib/mail-page.server.ts';
import { mailPreview } from '../lib/mail-preview.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  return mailPage((await mailPreview(args)).mail.html);
}
