import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';

/** To who wanted to hear when something can be bought again. */
export function backInStock(data: MailData<'back-in-stock'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.backInStock;
  const thing = data.variant === '' ? data.title : `${data.title}, ${data.variant}`;
  return {
    subject: words.subject(thing, shop.name),
    preheader: words.preheader,
    heading: words.heading,
    blocks: [paragraph(words.explanation(thing)), paragraph(words.hurry)],
    action: { label: words.action, url: data.url },
    afterAction: [
      paragraph(words.onlyOne),
      { kind: 'link', label: words.unsubscribe, url: data.unsubscribeUrl },
    ],
    reason: messages.reasonOfAddress(shop.name),
    unsubscribeUrl: data.unsubscribeUrl,
  };
}
