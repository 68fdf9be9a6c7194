import { de } from './messages/de.ts';
import { en, type Messages } from './messages/en.ts';

/** The languages that mails are written in. */
export const mailLocales = ['en', 'de'] as const;
export type MailLocale = (typeof mailLocales)[number];

const catalogues: ReadonlyMap<string, Messages> = new Map<MailLocale, Messages>([
  ['en', en],
  ['de', de],
]);

export interface Language {
  /** What dates and money are formatted by, and what the mail says of itself: `de-AT`. */
  readonly tag: string;
  readonly messages: Messages;
}

/** The language to write in: the wanted one, else the one it belongs to (`de-AT`: `de`), else English, whole. */
export function languageFor(locale: string): Language {
  const tag = canonicalTag(locale);
  const parts = tag.split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const messages = catalogues.get(parts.slice(0, length).join('-'));
    if (messages) return { tag, messages };
  }
  return { tag: 'en', messages: en };
}

function canonicalTag(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en'; // no language tag at all
  }
}
