import { describe, expect, it } from 'vitest';
import { plainTextOf, sanitiseHtml } from './sanitise-html.ts';
import { freeSlug, slugify, slugOfName } from './slugs.ts';

describe('slugs', () => {
  it.each([
    ['Crème & Café, 2nd', 'creme-and-cafe-2nd'],
    ["Men's  Shoes", 'mens-shoes'],
    ['Straße Ø', 'strasse-o'],
    ['日本', ''],
    ['--', ''],
  ])('%s becomes %s', (name, slug) => expect(slugify(name)).toBe(slug));

  it('is cut at a word, and never empty for a name', () => {
    expect(slugify('abcd '.repeat(40)).length).toBeLessThanOrEqual(80);
    expect(slugify('x'.repeat(500)).length).toBe(80);
    expect(slugOfName('日本')).toMatch(/^n[0-9a-f]{10}$/);
    expect(slugOfName('日本')).toBe(slugOfName('日本'));
  });

  it('counts up to a free one', () => {
    expect(freeSlug('a', (slug) => ['a', 'a-2'].includes(slug))).toBe('a-3');
  });
});

describe('sanitising of descriptions', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<form action=//evil.test><input name=card></form>',
    '<link rel=stylesheet href=//evil.test>',
    '<meta http-equiv=refresh content="0;url=//evil.test">',
    '<<script>script>alert(1)<</script>/script>',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<a href="//evil.test">x</a>',
    '"><img src=x onerror=alert(1)>',
  ])('nothing runs or loads from %s', (html) => {
    const clean = sanitiseHtml(html);
    const tags = clean.match(/<[^>]*>/g) ?? [];
    expect(tags.join('')).not.toMatch(/script|img|svg|iframe|style|on\w+=|form|input|link|meta|evil/i);
    expect(clean).not.toMatch(/href="(?!https?:|mailto:|tel:)/i);
  });

  it('keeps what a description needs', () => {
    expect(
      sanitiseHtml('<h1>A</h1><div><b>bold</b> <a href="https://x.test" target=_blank>x</a></div>'),
    ).toBe('<h3>A</h3><p><strong>bold</strong> <a href="https://x.test" rel="noopener nofollow">x</a></p>');
    expect(sanitiseHtml('one\n\ntwo < three\nfour')).toBe('<p>one</p><p>two &lt; three<br />four</p>');
    expect(plainTextOf('<p>a &amp; b</p><ul><li>c</li></ul>')).toBe('a & b c');
  });

  it('changes nothing the second time', () => {
    const once = sanitiseHtml('<p>a <i>b</i> & c<a href="https://x.test?a=1&b=2">x</a></p>');
    expect(sanitiseHtml(once)).toBe(once);
  });

  it('survives nesting without end', () => {
    expect(sanitiseHtml(`${'<blockquote>'.repeat(20_000)}x`)).toContain('x');
  });
});
