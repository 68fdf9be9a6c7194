import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';

/** To who left things in their cart, and wanted to hear of it. */
export function cartReminder(data: MailData<'cart-reminder'>, pen: Pen): MailContent {
  const { messages, shop, format } = pen;
  const words = messages.cartReminder;
  const lines = data.lines.map(({ title, variant, quantity }) =>
    words.line(format.count(quantity), variant === '' ? title : `${title}, ${variant}`),
  );
  return {
    subject: words.subject(shop.name),
    preheader: words.preheader,
    heading: words.heading,
    blocks: [
      paragraph(words.explanation),
      {
        kind: 'lines',
        title: words.title,
        lines: data.more > 0 ? [...lines, words.more(data.more)] : lines,
      },
    ],
    action: { label: words.action, url: data.url },
    afterAction: [
      paragraph(words.kept(format.day(data.keptUntil))),
      paragraph(words.onlyOne),
      { kind: 'link', label: words.unsubscribe, url: data.unsubscribeUrl },
    ],
    reason: messages.reasonOfAddress(shop.name),
    unsubscribeUrl: data.unsubscribeUrl,
  };
}
