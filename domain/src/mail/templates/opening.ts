import type { MailContent, Pen } from '../content.ts';
import { nameToGreet } from '../tidy.ts';

interface OpeningWords {
  readonly subject: (shop: string) => string;
  readonly preheader: string;
  readonly heading: string;
}

/** How most mails begin. */
export function opening(
  { messages, shop }: Pen,
  words: OpeningWords,
  name: string,
): Pick<MailContent, 'subject' | 'preheader' | 'heading'> & { greeting: string } {
  return {
    subject: words.subject(shop.name),
    preheader: words.preheader,
    heading: words.heading,
    greeting: messages.greeting(nameToGreet(name)),
  };
}
