import { describe, expect, test } from 'vitest';
import { loadDomainConfig } from '../kernel/index.ts';
import { mailLocales } from './locales.ts';
import { type MailTemplate, mailTemplate } from './model.ts';
import { sampleData } from './samples.ts';
import { writeMail } from './write-mail.ts';

const config = loadDomainConfig({
  DATABASE_URL: 'postgres://localhost/none',
  SOUK_SECRET: 'a-secret-for-tests-that-is-long-enough',
  SHOP_NAME: 'Tom & Sons',
  SHOP_URL: 'https://shop.test',
  STRIPE_SECRET_KEY: 'sk_test_souk',
  STRIPE_WEBHOOK_SECRET: 'whsec_souk',
  STRIPE_API_BASE: 'http://localhost:1',
});
const samples = sampleData('https://shop.test');
const all = mailTemplate.options.flatMap((template) =>
  mailLocales.map((locale) => ({ template, locale, data: samples[template] })),
);

/** The attribute and text of HTML as a browser reads them. */
const decode = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
const addressesOf = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => decode(url ?? ''));

test.each(all)('$template in $locale is whole', async ({ template, locale, data }) => {
  const mail = await writeMail({ config }, { template, locale, data });
  const links = Object.values(data).filter((value) => String(value).startsWith('https://'));
  for (const link of links) {
    expect(addressesOf(mail.html)).toContain(link);
    expect(mail.text.split('\n')).toContain(link);
  }
  expect(mail.html).toContain(`lang="${locale}"`);
  expect(decode(mail.html)).toContain(mail.subject);
  for (const part of [mail.subject, mail.text, mail.html]) {
    expect(part).not.toMatch(/undefined|null|NaN|\[object|function|=>/);
  }
  const said = mail.text.slice(0, mail.text.indexOf('-- \n')).split('\n');
  for (const line of said) expect(decode(mail.html)).toContain(line.replace(/:$/, '').split(': ').at(-1));
  expect(mail.subject).toMatch(/Tom & Sons/);
});

test('no language leaves a text to another', async () => {
  for (const template of mailTemplate.options) {
    const [english, german] = await Promise.all(
      mailLocales.map((locale) => writeMail({ config }, { template, locale, data: samples[template] })),
    );
    expect(german?.subject).not.toBe(english?.subject);
    const shared = german?.text
      .split('\n')
      .filter((line) => line.length > 60 && english?.text.includes(line));
    expect(shared?.filter((line) => !line.startsWith('https://'))).toEqual([]);
  }
});

describe('the language', () => {
  const subjectIn = async (locale: string) => {
    const data = samples['reset-password'];
    return (await writeMail({ config }, { template: 'reset-password', locale, data })).subject;
  };

  test.each(['de', 'de-AT', 'DE-ch', 'de-Latn-DE'])('%s is German', async (locale) => {
    expect(await subjectIn(locale)).toMatch(/^Wähle/);
  });

  test.each(['en-GB', 'fr-FR', '', 'not a locale', '../../etc'])('%s is English', async (locale) => {
    expect(await subjectIn(locale)).toMatch(/^Choose/);
  });

  test.each([
    ['de-DE', '177,73 €'],
    ['de-AT', '€ 177,73'],
    ['en-GB', '€177.73'],
    ['fr-FR', '€177.73'],
  ])('%s writes money its way', async (locale, total) => {
    const template = 'order-confirmation';
    const { html, text } = await writeMail({ config }, { template, locale, data: samples[template] });
    for (const part of [html, text]) expect(part.replaceAll('\u00a0', ' ')).toContain(total);
  });

  test('writes dates its way, and says which clock', async () => {
    const textIn = async (locale: string) =>
      (await writeMail({ config }, { template: 'new-device', locale, data: samples['new-device'] })).text;
    expect(await textIn('de')).toContain('1. März 2026 um 17:05 UTC');
    expect(await textIn('en')).toContain('March 1, 2026 at 5:05 PM UTC');
  });
});

describe('a hostile name', () => {
  const write = (name: string, template: MailTemplate = 'register-confirm') =>
    writeMail({ config }, { template, locale: 'en', data: { ...samples[template], name } });

  test('stays text', async () => {
    const { html } = await writeMail(
      { config },
      {
        template: 'oauth-linked',
        locale: 'en',
        data: { ...samples['oauth-linked'], provider: '<img src=x onerror=alert(1)>"\'&' },
      },
    );
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;');
  });

  test.each([
    '<script>alert(1)</script>',
    'Win a phone at www.evil.example',
    'https://evil.example/win',
    'evil.example',
    'a'.repeat(200),
  ])('%s is not greeted', async (name) => {
    const { html, text } = await write(name);
    expect(text).toContain('\nHello,\n');
    for (const part of [html, text]) expect(part).not.toMatch(/evil|alert|aaa/);
  });

  test('forges no line and no header', async () => {
    const provider = 'Google\r\nBcc: victim@example.com\u2028\u202egpj';
    const mail = await writeMail(
      { config },
      { template: 'oauth-linked', locale: 'en', data: { ...samples['oauth-linked'], provider } },
    );
    expect(mail.subject).toBe('Google Bcc: victim@example.com gpj now opens your account at Tom & Sons');
    expect(mail.text).not.toMatch(/^Bcc/m);
  });

  test.each(["Conan O'Brien", 'Дарья', 'Zoë van der Berg-Smith', 'J. R. Tolkien'])(
    '%s is a name',
    async (name) => {
      expect((await write(name)).text).toContain(`Hello ${name},`);
    },
  );
});
