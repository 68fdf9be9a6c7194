import { expect, test } from 'vitest';
import { canonicalForm, decodeForm } from './api/form-body.ts';
import { cardByNumber, isCardNumber } from './cards.ts';
import { html } from './pages/html.ts';
import { testCards } from './test-cards.ts';

test.each([
  ['a=1&b=x%20y', { a: '1', b: 'x y' }],
  ['metadata[order]=7&metadata[a.b]=c', { metadata: { order: '7', 'a.b': 'c' } }],
  ['expand[]=a&expand[]=b', { expand: ['a', 'b'] }],
  ['expand[0]=a&expand[1]=b', { expand: ['a', 'b'] }],
  [
    'card[number]=4&billing_details[address][city]=Graz',
    { card: { number: '4' }, billing_details: { address: { city: 'Graz' } } },
  ],
  ['metadata[__proto__]=x', { metadata: Object.fromEntries([['__proto__', 'x']]) }],
  ['odd]name[=1', { 'odd]name[': '1' }],
  ['', {}],
])('%s', (encoded, decoded) => {
  expect(JSON.stringify(decodeForm(encoded))).toBe(JSON.stringify(decoded));
});

test('a name cannot be text and a map, nor be nested without end', () => {
  expect(() => decodeForm('a=1&a[b]=2')).toThrow('Invalid parameter: a');
  expect(() => decodeForm(`a${'[b]'.repeat(50)}=1`)).toThrow('too deep');
});

test('order does not make parameters different, values do', () => {
  expect(canonicalForm('a=1&b=2')).toBe(canonicalForm('b=2&a=1'));
  expect(canonicalForm('a=1&b=2')).not.toBe(canonicalForm('a=1&b=3'));
});

test('every test card has a right check digit, and one digit off is wrong', () => {
  for (const { number } of testCards) {
    expect(isCardNumber(number)).toBe(true);
    expect(isCardNumber(number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10))).toBe(false);
  }
});

test('markup escapes what is not markup', () => {
  const evil = `"><script>alert('x')</script>`;
  expect(html`<a href="${evil}">${[html`<b>${1}</b>`, undefined, false, '&']}</a>`.markup).toBe(
    '<a href="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"><b>1</b>&amp;</a>',
  );
});

test('any number that begins like the first test card works like it, as a card of its own', () => {
  expect(cardByNumber('4242424200000002')).toBeUndefined();
  expect(cardByNumber('4242424200000000')).toMatchObject({ id: 'pm_card_visa', number: '4242424200000000' });
});
