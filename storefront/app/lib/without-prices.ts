/** A path without what it says of prices in one currency, which are none in another, and without the page that they led to. */
export function withoutPrices(path: string): string {
  const url = new URL(path, 'https://shop.invalid');
  for (const name of ['price_min', 'price_max', 'page']) url.searchParams.delete(name);
  return `${url.pathname}${url.search}${url.hash}`;
}
