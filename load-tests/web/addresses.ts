/** `https://shop.test` of `https://shop.test/c/mugs?page=2`. k6 has no `URL`. */
export function originOf(address: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? '';
}

/** `/c/mugs` of `https://shop.test/c/mugs?page=2`. */
export function pathOf(address: string): string {
  return address.slice(originOf(address).length).split(/[?#]/, 1)[0] || '/';
}

/** Where a link or a redirect of a page leads. */
export function resolved(link: string, page: string): string {
  const bare = link.split('#', 1)[0] ?? '';
  if (/^https?:\/\//i.test(bare)) return bare;
  if (bare.startsWith('//')) return `${page.slice(0, page.indexOf(':') + 1)}${bare}`;
  if (bare.startsWith('/')) return originOf(page) + bare;
  if (bare === '') return page.split('#', 1)[0] ?? page;
  if (bare.startsWith('?')) return originOf(page) + pathOf(page) + bare;
  const folder = pathOf(page).slice(0, pathOf(page).lastIndexOf('/') + 1);
  return `${originOf(page)}${folder}${bare}`;
}

/** The kinds of pages that figures are told by. */
export const pageNames = [
  'home',
  'listing',
  'product',
  'search',
  'cart',
  'checkout',
  'order',
  'payment-page',
  'other',
] as const;
export type PageName = (typeof pageNames)[number];

const prefixes: readonly (readonly [string, PageName])[] = [
  ['/c/', 'listing'],
  ['/p/', 'product'],
  ['/search', 'search'],
  ['/cart', 'cart'],
  ['/checkout', 'checkout'],
  ['/orders/', 'order'],
];

/** Which kind of page an address is of; pages of another site take payments. */
export function pageNameOf(address: string, shopUrl: string): PageName {
  if (originOf(address) !== originOf(shopUrl)) return 'payment-page';
  const path = pathOf(address);
  if (path === '/') return 'home';
  return prefixes.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
}

/** The addresses that the links of a page lead to below a path such as `/p/`: each once, in order, without query. */
export function linksBelow(html: string, path: string): string[] {
  const opening = `href="${path}`;
  const found = new Set<string>();
  for (let at = html.indexOf(opening); at !== -1; at = html.indexOf(opening, at + 1)) {
    const from = at + 'href="'.length;
    const address = html.slice(from, html.indexOf('"', from)).split(/[?#]/, 1)[0] ?? '';
    if (address.length > path.length) found.add(address);
  }
  return [...found];
}
