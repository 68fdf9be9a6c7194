const styles = {
  body: "margin:0;min-height:100vh;display:grid;place-items:center;font:1.0625rem/1.5 'Helvetica Neue',Arial,sans-serif",
  main: 'max-width:32rem;padding:2rem 1.5rem',
  title: "margin:0 0 .75rem;font:700 2rem/1.15 'Arial Narrow',Arial,sans-serif",
  button:
    'display:inline-block;padding:.75rem 1.25rem;border:2px solid;color:inherit;font-weight:600;text-decoration:none',
};

/** Where the one link of a page leads. */
interface Way {
  readonly to: string;
  readonly text: string;
}
const home: Way = { to: '/', text: 'Go to the shop' };
/** The address that the page came instead of. */
const again: Way = { to: '', text: 'Try again' };

/**
 * A page for refusals that happen before the shop's own pages can run. Nothing is loaded with it, since that might be refused as well; its
 * looks are in attributes, which the content security policy lets through.
 */
function plainPage(title: string, text: string, requestId: string, way: Way = home): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"></head>
<body style="${styles.body}"><main style="${styles.main}"><h1 style="${styles.title}">${title}</h1><p>${text}</p>
<p><a style="${styles.button}" href="${way.to}">${way.text}</a></p>
<p><small>Request ${requestId}</small></p></main></body>
</html>`;
}

/** For unsafe requests that did not come from our own pages. */
export function forbiddenPage(requestId: string): string {
  return plainPage(
    'This did not come from our shop',
    'We only accept what was sent from our own pages, to keep you safe from forged requests. Open the page again and retry.',
    requestId,
  );
}

/** For bodies that no form of ours makes. */
export function tooLargePage(requestId: string): string {
  return plainPage('That is too much', 'What was sent is larger than any form of this shop.', requestId);
}

/** For static files that do not exist. */
export function missingFilePage(requestId: string): string {
  return plainPage('There is no such file', 'It may belong to an older version of the shop.', requestId);
}

/** For requests that no browser sends by our pages. */
export function badRequestPage(requestId: string): string {
  return plainPage('That does not read right', 'The shop could not make sense of this request.', requestId);
}

/** For faults that happen before the shop's own pages can run. */
export function brokenPage(requestId: string): string {
  return plainPage('Something broke on our side', 'Nothing was charged. Try again in a moment.', requestId);
}

/** For more people at once than there can be pages made within reason. */
export function crowdedPage(requestId: string): string {
  return plainPage(
    'Many people are here at once',
    'The shop could not get to you in time. Nothing was charged, and your cart is as it was: try again in a few seconds.',
    requestId,
    again,
  );
}

/** For what cannot be had for the moment, where none of the shop's own pages can say so. */
export function awayPage(requestId: string): string {
  return plainPage(
    'The shutters are down for a moment',
    'The shop is briefly out of reach. Your cart is safe: try again in a few seconds.',
    requestId,
    again,
  );
}
