import type { Context } from '../kernel/index.ts';
import type { Pen } from './content.ts';
import { formatIn } from './format.ts';
import { languageFor } from './locales.ts';
import type { MailTemplate } from './model.ts';
import { writers } from './templates/writers.ts';
import { textOf } from './text.ts';
import { onOneLine, tidy } from './tidy.ts';

/** A mail that is written, but not yet addressed. */
export interface WrittenMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly unsubscribeUrl?: string;
}

/**
 * Writes a mail in the reader's language.
 *
 * @param data as it was queued
 * @throws z.ZodError when the data do not fit the template, as those of another release may
 */
export async function writeMail(
  ctx: Pick<Context, 'config'>,
  mail: { template: MailTemplate; locale: string; data: unknown },
): Promise<WrittenMail> {
  const { tag, messages } = languageFor(mail.locale);
  const { name, url } = ctx.config.shop;
  const pen: Pen = { messages, format: formatIn(tag), shop: { name: onOneLine(name), url } };
  const content = writers[mail.template](tidy(mail.data), pen);
  // Only who writes mails needs React and its mail components: half a second and 60 MB.
  const { htmlOf } = await import('./html/layout.ts');
  return {
    subject: onOneLine(content.subject),
    html: await htmlOf(content, pen, tag),
    text: textOf(content, pen),
    ...(content.unsubscribeUrl === undefined ? {} : { unsubscribeUrl: content.unsubscribeUrl }),
  };
}
