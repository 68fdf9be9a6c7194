import { type MailContent, type Pen, paragraph } from '../content.ts';
import type { MailData } from '../model.ts';
import { opening } from './opening.ts';

/** To somebody who wants an account: is the address theirs? */
export function registerConfirm(data: MailData<'register-confirm'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.registerConfirm;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.welcome(shop.name))],
    action: { label: words.action, url: data.url },
    afterAction: [paragraph(messages.linkLifetime), paragraph(words.notYou)],
    reason: messages.reasonOfAddress(shop.name),
  };
}

/** To the owner of an account whose address was registered again. */
export function registerExisting(data: MailData<'register-existing'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.registerExisting;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation(shop.name))],
    action: { label: words.action, url: data.loginUrl },
    afterAction: [{ kind: 'link', label: words.reset, url: data.resetUrl }, paragraph(words.notYou)],
    reason: messages.reasonOfAddress(shop.name),
  };
}

/** With the link to choose a new password. */
export function resetPassword(data: MailData<'reset-password'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.resetPassword;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation)],
    action: { label: words.action, url: data.url },
    afterAction: [paragraph(messages.linkLifetime), paragraph(words.notYou)],
    reason: messages.reasonOfAccount(shop.name),
  };
}

/** To an address without an account, for which a new password was asked. */
export function resetUnknown(data: MailData<'reset-unknown'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.resetUnknown;
  return {
    ...opening(pen, words, ''),
    blocks: [paragraph(words.explanation(shop.name))],
    action: { label: words.action, url: data.loginUrl },
    afterAction: [{ kind: 'link', label: words.register, url: data.registerUrl }, paragraph(words.notYou)],
    reason: messages.reasonOfAddress(shop.name),
  };
}

/** To the old address: may the account move to the new one? */
export function emailChangeApprove(data: MailData<'email-change-approve'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.emailChangeApprove;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation(data.newEmail))],
    action: { label: words.action, url: data.url },
    afterAction: [paragraph(messages.linkLifetime), paragraph(words.notYou)],
    reason: messages.reasonOfAccount(shop.name),
  };
}

/** To the new address: is it theirs? */
export function emailChangeVerify(data: MailData<'email-change-verify'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.emailChangeVerify;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation)],
    action: { label: words.action, url: data.url },
    afterAction: [paragraph(messages.linkLifetime), paragraph(words.notYou)],
    reason: messages.reasonOfAddress(shop.name),
  };
}

/** The farewell. */
export function accountErased(data: MailData<'account-erased'>, pen: Pen): MailContent {
  const { messages, shop } = pen;
  const words = messages.accountErased;
  return {
    ...opening(pen, words, data.name),
    blocks: [paragraph(words.explanation), paragraph(words.farewell)],
    reason: messages.reasonOfAccount(shop.name),
  };
}
