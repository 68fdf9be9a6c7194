import { describe, expect, it } from 'vitest';
import { linksBelow, originOf, pageNameOf, pathOf, resolved } from './addresses.ts';

const shop = 'https://shop.test';

describe('addresses', () => {
  it.each([
    ['/cart', `${shop}/cart`],
    ['?page=2', `${shop}/c/mugs?page=2`],
    ['', `${shop}/c/mugs?sort=newest`],
    ['cups', `${shop}/c/cups`],
    ['https://pay.test/c/1?x=/p/', 'https://pay.test/c/1?x=/p/'],
    ['//cdn.test/a.js', 'https://cdn.test/a.js'],
    ['/p/mug#details', `${shop}/p/mug`],
  ])('%j leads from a page to %s', (link, wanted) => {
    expect(resolved(link, `${shop}/c/mugs?sort=newest`)).toBe(wanted);
  });

  it('have an origin and a path', () => {
    expect(originOf(`${shop}:8443/a?b=https://c`)).toBe(`${shop}:8443`);
    expect([pathOf(shop), pathOf(`${shop}?q=1`), pathOf(`${shop}/p/a?q#r`)]).toEqual(['/', '/', '/p/a']);
  });

  it.each([
    ['/', 'home'],
    ['/?utm=1', 'home'],
    ['/c/mugs', 'listing'],
    ['/p/mug', 'product'],
    ['/search?q=mug', 'search'],
    ['/cart', 'cart'],
    ['/checkout/payment?index', 'checkout'],
    ['/orders/SK-2026-000001?token=x', 'order'],
    ['/help/terms', 'other'],
  ])('%s is the page %s', (path, name) => {
    expect(pageNameOf(shop + path, shop)).toBe(name);
  });

  it('of another site are of the payment service', () => {
    expect(pageNameOf('http://127.0.0.1:4010/c/pay/1', shop)).toBe('payment-page');
  });
});

it('finds links below a path, each once', () => {
  const html =
    '<a href="/p/mug">a</a><a class="x" href="/p/cup?colour=Ink">b</a><a href="/p/mug#more">c</a><a href="/p/">d</a><a href="/c/mugs">e</a>';
  expect(linksBelow(html, '/p/')).toEqual(['/p/mug', '/p/cup']);
});
