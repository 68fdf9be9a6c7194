/**
 * A mail as a page for a frame of ours. It brings its own policy, since a mail needs what no page of the shop does, style sheets
 * within, and must not have what they do: scripts, forms, the shop's origin. Its links open beside.
 */
export function mailPage(html: string): Response {
  const policy = [
    `default-src 'none'`,
    `style-src 'unsafe-inline'`,
    `img-src 'self' https: data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'self'`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ];
  return new Response(
    html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`),
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy.join('; '),
        'x-frame-options': 'SAMEORIGIN',
        'cache-control': 'no-store',
      },
    },
  );
}
