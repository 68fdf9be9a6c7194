import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';
import { opening } from './opening.ts';

export function passwordChanged(data: MailData<'password-changed'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.passwordChanged;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation), paragraph(words.notYou)],
    action: { label: words.action, url: data.undoUrl },
    afterAction: [paragraph(messages.linkLifetime)],
    reason: messages.reasonOfAccount(shop.name),
  };
}

/** To the old address, which may have been taken away from its owner. */
export function emailChanged(data: MailData<'email-changed'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.emailChanged;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation(data.newEmail)), paragraph(words.notYou)],
    action: { label: words.action, url: data.undoUrl },
    afterAction: [paragraph(messages.linkLifetime)],
    reason: messages.reasonOfAccount(shop.name),
  };
}

export function newDevice(data: MailData<'new-device'>, pen: Pen): MailContent {
  const { messages, format, shop } = pen;
  const words = messages.newDevice;
  return {
    ...opening(pen, { ...words, preheader: words.preheader(data.device) }, data.name),
    blocks: [
      {
        kind: 'facts',
        facts: [
          [words.device, data.device],
          [words.network, data.network],
          [words.time, format.moment(data.time)],
        ],
      },
      paragraph(words.explanation),
    ],
    action: { label: words.action, url: data.securityUrl },
    reason: messages.reasonOfAccount(shop.name),
  };
}

export function secondFactorChanged(data: MailData<'second-factor-changed'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.secondFactorChanged;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.changes[data.what]), paragraph(words.notYou)],
    action: { label: words.action, url: data.securityUrl },
    reason: messages.reasonOfAccount(shop.name),
  };
}

export function oauthLinked(data: MailData<'oauth-linked'>, pen: Pen): MailContent {
  return aboutProvider(data, pen, pen.messages.oauthLinked(data.provider));
}

export function oauthUnlinked(data: MailData<'oauth-unlinked'>, pen: Pen): MailContent {
  return aboutProvider(data, pen, pen.messages.oauthUnlinked(data.provider));
}

function aboutProvider(
  data: MailData<'oauth-linked'>,
  pen: Pen,
  words: ReturnType<Pen['messages']['oauthLinked']>,
): MailContent {
  const { messages, shop } = pen;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation), paragraph(words.notYou)],
    action: { label: words.action, url: data.securityUrl },
    reason: messages.reasonOfAccount(shop.name),
  };
}
