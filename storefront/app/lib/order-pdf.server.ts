import type { LoaderFunctionArgs } from '@remix-run/node';
import { bffFor } from './bff.server.ts';
import { failPage } from './bff-errors.server.ts';

/**
 * Answers with a document of an order. Browsers keep their copy and ask whether it is still right: then it is neither drawn nor sent
 * again.
 */
export async function orderPdf(
  args: LoaderFunctionArgs,
  kind: 'invoice' | 'receipt' | 'credit_note',
): Promise<Response> {
  const { searchParams } = new URL(args.request.url);
  const known = args.request.headers.get('if-none-match')?.replace(/^W\//, '').replaceAll('"', '');
  const document = await bffFor(args)
    .orders.document.query({
      number: args.params.number ?? '',
      token: searchParams.get('token') || null,
      kind,
      documentNumber: searchParams.get('document') || null,
      knownEtag: known?.slice(0, 100) ?? null,
    })
    .catch((error: unknown) => failPage(args.context, error));
  const headers = {
    etag: `"${document.etag}"`,
    'cache-control': 'private, no-cache',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  };
  if (document.pdf === null) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(document.pdf, 'base64'), {
    headers: {
      ...headers,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${document.fileName}"`,
    },
  });
}
