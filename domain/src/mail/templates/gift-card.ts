import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';

/** A gift card, with its code, to whoever it is for. */
export function giftCard(data: MailData<'gift-card'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.giftCard;
  const amount = format.money(data.amount);
  const lastMoment = data.expiresAt === null ? null : new Date(data.expiresAt.getTime() - 1);
  return {
    subject: words.subject(shop.name),
    preheader: words.preheader,
    heading: words.heading(amount),
    blocks: [
      paragraph(words.explanation(shop.name)),
      {
        kind: 'facts',
        facts: [
          [words.code, data.code],
          [words.amount, amount],
          ...(lastMoment === null ? [] : [[words.goodUntil, format.day(lastMoment)] as const]),
        ],
      },
      paragraph(words.use),
    ],
    action: { label: words.action, url: data.url },
    afterAction: [paragraph(words.keep)],
    reason: words.reason(shop.name),
  };
}
