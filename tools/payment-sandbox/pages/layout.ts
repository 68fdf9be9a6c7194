import type { FastifyReply } from 'fastify';
import { type Html, html } from './html.ts';
import { styles, stylesSource } from './styles.ts';

export interface Page {
  title: string;
  body: Html;
  status?: number;
  /** Addresses that a form on the page may end at, after redirects: Chromium holds redirects to `form-action` too. */
  formTargets?: readonly string[];
  /** May stand in a frame of the shop, as a bank's page does. */
  isFramed?: boolean;
}

/** Sends a page that runs no scripts, is not framed, cached, or told to other sites. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const targets = (page.formTargets ?? []).map((target) => new URL(target).origin);
  return reply
    .code(page.status ?? 200)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        `style-src ${stylesSource}`,
        'img-src data:',
        `form-action ${["'self'", ...new Set(targets)].join(' ')}`,
        "base-uri 'none'",
        `frame-ancestors ${page.isFramed ? 'http: https:' : "'none'"}`,
      ].join('; '),
      'x-content-type-options': 'nosniff',
      ...(!page.isFramed && { 'x-frame-options': 'DENY' }),
      // The address holds the client secret.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'x-robots-tag': 'noindex',
    })
    .send(documentOf(page));
}

/** A page that says one thing, with at most one way on. */
export function messagePage(
  title: string,
  text: string,
  options: { status?: number; link?: { href: string; label: string } | undefined } = {},
): Page {
  const { status = 200, link } = options;
  return {
    title,
    status,
    body: html`<main class="frame narrow"><div class="sheet"><h1>${title}</h1><p>${text}</p>${
      link && html`<a class="primary" href="${link.href}">${link.label}</a>`
    }</div></main>`,
  };
}

function documentOf({ title, body }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<style>${{ markup: styles }}</style>
</head>
<body>
<aside class="banner" aria-label="Test mode"><p><strong>Test payments.</strong> No money moves, and real cards are refused.</p></aside>
${body}
</body>
</html>
`.markup;
}
