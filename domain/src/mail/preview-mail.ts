import { type Context, DomainError } from '../kernel/index.ts';
import { mailLocales } from './locales.ts';
import { type MailTemplate, mailTemplate } from './model.ts';
import { sampleData } from './samples.ts';
import { type WrittenMail, writeMail } from './write-mail.ts';

/**
 * The kinds of mail and the languages they are written in, for developers.
 *
 * @throws DomainError `not_found` where mail is really sent
 */
export function listMailTemplates(ctx: Pick<Context, 'config'>): {
  templates: MailTemplate[];
  locales: string[];
} {
  refuseUnlessCaught(ctx);
  return { templates: [...mailTemplate.options], locales: [...mailLocales] };
}

/**
 * A kind of mail with sample data, as its reader would get it.
 *
 * @throws DomainError `not_found` where mail is really sent
 */
export async function previewMail(
  ctx: Pick<Context, 'config'>,
  input: { template: MailTemplate; locale: string },
): Promise<WrittenMail> {
  refuseUnlessCaught(ctx);
  const data = sampleData(ctx.config.shop.url)[input.template];
  return writeMail(ctx, { ...input, data });
}

function refuseUnlessCaught({ config }: Pick<Context, 'config'>): void {
  if (!config.mail.isCaught) throw new DomainError('not_found', 'mails are looked at where they are caught');
}
