import { describe, expect, it } from 'vitest';
import { filesOf } from './page-files.ts';
import { startTags } from './tags.ts';

const picture = (name: string, loading: string) =>
  `<picture><source type="image/avif" srcSet="/media/${name}/160.avif 160w, /media/${name}/320.avif 320w, /media/${name}/960.avif 960w" sizes="13rem"/><img src="/media/${name}/640.webp" srcSet="/media/${name}/160.webp 160w" loading="${loading}" alt="A &quot;thing&quot; > all"/></picture>`;

const page = `<head>
<link rel="preload" as="font" href="/assets/text.woff2" crossorigin="anonymous"/>
<link rel="stylesheet" href="/assets/app.css"/><link rel="canonical" href="https://shop.test/"/>
<link rel="modulepreload" href="/assets/root.js"/><link rel="modulepreload" href="/assets/root.js"/>
<link rel="icon" href="/favicon.svg"/></head>
<body>${picture('main', 'eager')}${Array.from({ length: 12 }, (_, index) => picture(`card${index}`, 'lazy')).join('')}
<img src="data:image/gif;base64,R0" alt=""><img src="/plain.png" loading="eager" alt="">
<script nonce="a">import "/assets/manifest.js"</script><script src="/assets/entry.js"></script></body>`;

describe('the files of a page', () => {
  const { assets, pictures } = filesOf(page);

  it('are its styles, scripts, fonts and icon, each once', () => {
    expect(assets).toEqual([
      '/assets/text.woff2',
      '/assets/app.css',
      '/assets/root.js',
      '/favicon.svg',
      '/assets/entry.js',
    ]);
  });

  it('are pictures in AVIF as wide as needed: those at once, and of the lazy ones those that are near', () => {
    expect(pictures[0]).toBe('/media/main/960.avif');
    expect(pictures[1]).toBe('/media/card0/320.avif');
    expect(pictures.filter((address) => address.includes('card'))).toHaveLength(8);
    expect(pictures.at(-1)).toBe('/plain.png');
  });
});

describe('start tags', () => {
  it('are of that name only, and end outside of quotes', () => {
    const html = '<a title="x > y" href=/a data-x>1</a><abbr title="no">b</abbr><a\n href = \'/b\' />';
    const links = startTags(html, 'a');
    expect(links.map(({ attributes }) => attributes.get('href'))).toEqual(['/a', '/b']);
    expect(links[0]?.attributes.get('title')).toBe('x > y');
    expect([...(links[0]?.attributes.keys() ?? [])]).toEqual(['title', 'href', 'data-x']);
    expect([...(links[1]?.attributes.keys() ?? [])]).toEqual(['href']);
  });

  it('have their references to characters replaced', () => {
    const [tag] = startTags('<p title="a &amp; b &#x27;c&#39; &quot;&euro;">', 'p');
    expect(tag?.attributes.get('title')).toBe(`a & b 'c' "&euro;`);
  });
});
