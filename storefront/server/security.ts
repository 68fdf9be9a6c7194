import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayMountPaymentElement } from '../app/lib/payment-pages.ts';
import type { StorefrontConfig } from './config.ts';
import { forbiddenPage } from './plain-pages.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Scripts of the page that answers this request carry it. */
    nonce: string;
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Tells whether a request that changes something was sent by one of our own pages.
 *
 * Browsers say so themselves in Sec-Fetch-Site; those that do not, and plain-HTTP hosts that are not localhost, still send
 * Origin. A request with neither comes from no browser that we support.
 */
export function isFromOurPages(headers: FastifyRequest['headers'], shopUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return site === 'same-origin';
  const origin = headers.origin;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false;
  return origin === new URL(shopUrl).origin || new URL(origin).host === headers.host;
}

/**
 * The policy for what a page may load, run and send. The only scripts of others are the payment provider's, on the pages that take cards.
 *
 * @param path of the page, without its query
 */
export function contentSecurityPolicy(config: StorefrontConfig, nonce: string, path: string): string {
  const development = config.isDevelopment;
  const element = mayMountPaymentElement(path) ? config.paymentElement : null;
  const directives = [
    `default-src 'self'`,
    join(`script-src 'self' 'nonce-${nonce}'`, element?.scripts),
    // Colours of swatches and of pictures that are still loading are style attributes.
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    `style-src-attr 'unsafe-inline'`,
    join(`img-src 'self' data:`, element?.images),
    join(`connect-src 'self'${development ? ' ws: wss:' : ''}`, element?.connections),
    ...(element === null ? [] : [join('frame-src', element.frames)]),
    // Chromium checks the redirects that follow a form post too.
    `form-action 'self' ${[...config.paymentOrigins, ...config.oauthOrigins].join(' ')}`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    ...(config.shopUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}

function join(directive: string, sources: readonly string[] = []): string {
  return [directive, ...sources].join(' ');
}

/** Wallets ask for the browser's own payment sheet from within the provider's frames. */
function permissionsPolicy(isPaymentPage: boolean): string {
  const payment = isPaymentPage ? '(self "https://js.stripe.com" "https://pay.google.com")' : '(self)';
  return `camera=(), geolocation=(), microphone=(), payment=${payment}, usb=()`;
}

/** Puts the security headers on every answer, and refuses unsafe requests that other sites sent. */
export function addSecurity(app: FastifyInstance, config: StorefrontConfig): void {
  const isHttps = config.shopUrl.startsWith('https:');

  app.decorateRequest('nonce', '');
  app.addHook('onRequest', async (request, reply) => {
    request.nonce = randomBytes(16).toString('base64url');
    const path = request.url.split('?', 1)[0] ?? '/';
    const isPaymentPage = config.paymentElement !== null && mayMountPaymentElement(path);
    reply.headers({
      'x-request-id': request.id,
      'content-security-policy': contentSecurityPolicy(config, request.nonce, path),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': permissionsPolicy(isPaymentPage),
      // PayPal and its like open a window of their own, and tell the page behind it
      'cross-origin-opener-policy': isPaymentPage ? 'same-origin-allow-popups' : 'same-origin',
      ...(isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
    });
    const isAwaited = request.method === 'POST' && config.crossSitePosts.includes(request.url);
    if (!safeMethods.has(request.method) && !isAwaited && !isFromOurPages(request.headers, config.shopUrl)) {
      return reply.code(403).type('text/html; charset=utf-8').send(forbiddenPage(request.id));
    }
  });
}
