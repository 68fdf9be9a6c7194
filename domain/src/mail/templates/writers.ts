import type { z } from 'zod';
import type { MailContent, Pen } from '../content.ts';
import { type MailTemplate, mailTemplates } from '../model.ts';
import * as account from './account.ts';
import { backInStock } from './back-in-stock.ts';
import { cartReminder } from './cart-reminder.ts';
import { giftCard } from './gift-card.ts';
import { orderConfirmation } from './order-confirmation.ts';
import * as news from './order-news.ts';
import * as security from './security.ts';

/** Writes one kind of mail from data as they were queued. @throws z.ZodError when they are not those of this kind */
type Writer = (data: unknown, pen: Pen) => MailContent;

function writer<Schema extends z.ZodType>(
  schema: Schema,
  write: (data: z.output<Schema>, pen: Pen) => MailContent,
): Writer {
  return (data, pen) => write(schema.parse(data), pen);
}

/** What writes each kind of mail. */
export const writers: Readonly<Record<MailTemplate, Writer>> = {
  'register-confirm': writer(mailTemplates['register-confirm'], account.registerConfirm),
  'register-existing': writer(mailTemplates['register-existing'], account.registerExisting),
  'reset-password': writer(mailTemplates['reset-password'], account.resetPassword),
  'reset-unknown': writer(mailTemplates['reset-unknown'], account.resetUnknown),
  'password-changed': writer(mailTemplates['password-changed'], security.passwordChanged),
  'email-change-approve': writer(mailTemplates['email-change-approve'], account.emailChangeApprove),
  'email-change-verify': writer(mailTemplates['email-change-verify'], account.emailChangeVerify),
  'email-changed': writer(mailTemplates['email-changed'], security.emailChanged),
  'new-device': writer(mailTemplates['new-device'], security.newDevice),
  'second-factor-changed': writer(mailTemplates['second-factor-changed'], security.secondFactorChanged),
  'oauth-linked': writer(mailTemplates['oauth-linked'], security.oauthLinked),
  'oauth-unlinked': writer(mailTemplates['oauth-unlinked'], security.oauthUnlinked),
  'account-erased': writer(mailTemplates['account-erased'], account.accountErased),
  'gift-card': writer(mailTemplates['gift-card'], giftCard),
  'back-in-stock': writer(mailTemplates['back-in-stock'], backInStock),
  'cart-reminder': writer(mailTemplates['cart-reminder'], cartReminder),
  'order-confirmation': writer(mailTemplates['order-confirmation'], orderConfirmation),
  'order-paid': writer(mailTemplates['order-paid'], news.orderPaid),
  'order-reminder': writer(mailTemplates['order-reminder'], news.orderReminder),
  'order-cancelled': writer(mailTemplates['order-cancelled'], news.orderCancelled),
  'order-link': writer(mailTemplates['order-link'], news.orderLink),
};
