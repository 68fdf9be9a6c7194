import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html } from '../pages/html.ts';
import { testCards } from '../test-cards.ts';
import { countries } from './countries.ts';
import { elementStyles } from './element-styles.ts';

const stylesSource = `'sha256-${createHash('sha256').update(elementStyles).digest('base64')}'`;

/** The page in the frame of the Payment Element. Only the shop that mounted it may frame it. */
export function sendElementPage(reply: FastifyReply, shopOrigin: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        `style-src ${stylesSource}`,
        "form-action 'none'",
        "base-uri 'none'",
        `frame-ancestors ${shopOrigin}`,
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    })
    .send(page);
}

const errorLine = (id: string) => html`<p class="error" id="${id}-error" role="alert" hidden></p>`;

const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Secure payment input</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${{ markup: elementStyles }}</style>
<script type="module" src="/v3/frame.js"></script>
</head>
<body>
<form id="form" novalidate autocomplete="on">
<fieldset id="ways" hidden><legend id="ways-legend"></legend><div id="way-list"></div></fieldset>
<div id="card">
<div class="row" id="number-row"><label for="number" id="number-label">Card number</label>
<div class="box"><input id="number" type="text" inputmode="numeric" autocomplete="cc-number" maxlength="23" placeholder="1234 1234 1234 1234" spellcheck="false" aria-describedby="number-error"><span id="brand" aria-live="polite"></span></div>
${errorLine('number')}</div>
<div class="pair">
<div class="row" id="expiry-row"><label for="expiry" id="expiry-label">Expiration date</label>
<input id="expiry" type="text" inputmode="numeric" autocomplete="cc-exp" maxlength="9" placeholder="MM / YY" spellcheck="false" aria-describedby="expiry-error">
${errorLine('expiry')}</div>
<div class="row" id="cvc-row"><label for="cvc" id="cvc-label">Security code</label>
<input id="cvc" type="text" inputmode="numeric" autocomplete="cc-csc" maxlength="4" placeholder="CVC" spellcheck="false" aria-describedby="cvc-error">
${errorLine('cvc')}</div>
</div>
<div class="pair">
<div class="row" id="country-row"><label for="country" id="country-label">Country</label>
<select id="country" autocomplete="billing country">${countries.map((code) => html`<option value="${code}"${code === 'US' && html` selected`}>${code}</option>`)}</select></div>
<div class="row" id="postcode-row"><label for="postcode" id="postcode-label">Postal code</label>
<input id="postcode" type="text" autocomplete="billing postal-code" maxlength="12" spellcheck="false" aria-describedby="postcode-error">
${errorLine('postcode')}</div>
</div>
</div>
<label id="save-row" hidden><input id="save" type="checkbox"> <span id="save-label"></span></label>
<p id="note" class="soft" hidden></p>
<details id="tests"><summary id="tests-label">Test cards</summary><ul>${testCards
  .filter((card) => card.hasButton)
  .map(
    (card) =>
      html`<li><button type="button" data-number="${card.number}">${card.number.slice(-4)}: ${card.effect}</button></li>`,
  )}</ul></details>
</form>
</body>
</html>
`.markup;
