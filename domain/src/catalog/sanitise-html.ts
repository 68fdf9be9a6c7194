import sanitizeHtml from 'sanitize-html';

/**
 * What a description may hold: text, lists, tables and links. No pictures: one from a stranger's server would tell it of every
 * shopper who looks, and the pages' Content-Security-Policy would not load it. No classes, ids or styles: the shop has its own look.
 */
const rules: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h3', 'h4', 'strong', 'em', 'u', 's', 'sub', 'sup', 'small', 'blockquote', 'code'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a'],
    ...['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'rel'], th: ['colspan', 'rowspan', 'scope'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  nestingLimit: 40,
  transformTags: {
    a: (_tag, attributes) => ({
      tagName: 'a',
      attribs: { ...(attributes.href ? { href: attributes.href } : {}), rel: 'noopener nofollow' },
    }),
    b: 'strong',
    i: 'em',
    strike: 's',
    div: 'p',
    // the page has its own h1 and h2
    h1: 'h3',
    h2: 'h3',
    h5: 'h4',
    h6: 'h4',
  },
  exclusiveFilter: (frame) =>
    frame.tag === 'p' && frame.text.trim() === '' && frame.mediaChildren.length === 0,
};

/** Makes a stranger's HTML safe to show; plain text becomes paragraphs. */
export function sanitiseHtml(html: string): string {
  const text = html.trim();
  return sanitizeHtml(/<[a-z/!]/i.test(text) ? text : paragraphsOf(text), rules).trim();
}

function paragraphsOf(text: string): string {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => `<p>${paragraph.trim().replace(/</g, '&lt;').replace(/\r?\n/g, '<br />')}</p>`)
    .join('');
}

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&nbsp;', ' '],
]);

/** The words of sanitised HTML, one line. */
export function plainTextOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities.get(entity) ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
