import type { SecondFactorChange } from '../model.ts';
import { ordersEn } from './orders-en.ts';

const reasonOfAccount = (shop: string) => `You get this mail because of your account at ${shop}.`;
const reasonOfAddress = (shop: string) => `You get this mail because somebody gave this address at ${shop}.`;

const secondFactorChanges: Record<SecondFactorChange, string> = {
  'totp-added': 'An authenticator app was added to your account.',
  'totp-removed': 'The authenticator app was removed from your account.',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'recovery-codes-renewed': 'New recovery codes were made for your account. The old ones no longer work.',
  'recovery-code-used': 'A recovery code was used to log in to your account. It works only once.',
};

/** The words of every mail in English; other languages have the same keys, or they do not compile. */
export const en = {
  greeting: (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`),
  linkHint: 'If the button does not work, open this address:',
  reasonOfAccount,
  reasonOfAddress,
  linkLifetime: 'The link works once, and only for a short while.',

  registerConfirm: {
    subject: (shop: string) => `Confirm your e-mail address for ${shop}`,
    preheader: 'One tap, and your account is ready.',
    heading: 'Confirm your address',
    welcome: (shop: string) =>
      `Good to have you at ${shop}. Confirm that this address is yours, and you are set.`,
    action: 'Confirm address',
    notYou: 'It was not you? Then leave this mail be: without the link, nobody gets to use your address.',
  },
  registerExisting: {
    subject: (shop: string) => `You already have an account at ${shop}`,
    preheader: 'Log in instead, or choose a new password.',
    heading: 'You are here already',
    explanation: (shop: string) =>
      `Somebody, probably you, wanted to register at ${shop} with this address. It has an account already, so log in with it.`,
    action: 'Log in',
    reset: 'Forgotten the password? Choose a new one',
    notYou: 'It was not you? Nothing has changed, and nobody was told that you have an account.',
  },
  resetPassword: {
    subject: (shop: string) => `Choose a new password for ${shop}`,
    preheader: 'The link works once, and only for a short while.',
    heading: 'Choose a new password',
    explanation: 'You asked for a new password. Choose it here:',
    action: 'Choose a password',
    notYou: 'It was not you? Then leave this mail be: your password stays as it is.',
  },
  resetUnknown: {
    subject: (shop: string) => `Your request for a new password at ${shop}`,
    preheader: 'There is no account with this address.',
    heading: 'No account with this address',
    explanation: (shop: string) =>
      `Somebody, probably you, asked for a new password at ${shop}. There is no account with this address. Perhaps you registered with another one?`,
    action: 'Log in with another address',
    register: 'Or make an account with this one',
    notYou: 'It was not you? Then leave this mail be: nothing has been kept.',
  },
  passwordChanged: {
    subject: (shop: string) => `Your password for ${shop} was changed`,
    preheader: 'If it was not you, act now.',
    heading: 'Your password was changed',
    explanation: 'The password of your account has just been changed. Was it you? Then all is well.',
    notYou: 'It was not you? Then take your account back now: this link lets you choose a new password.',
    action: 'This was not me',
  },
  emailChangeApprove: {
    subject: (shop: string) => `Approve your new e-mail address for ${shop}`,
    preheader: 'Your account is to move to another address.',
    heading: 'Approve the new address',
    explanation: (newEmail: string) =>
      `Your account is to move from this address to ${newEmail}. It does so when you approve it here.`,
    action: 'Approve the new address',
    notYou:
      'It was not you? Then do not approve it, and change your password: somebody else is logged in to your account.',
  },
  emailChangeVerify: {
    subject: (shop: string) => `Confirm your new e-mail address for ${shop}`,
    preheader: 'Tell us that it is yours.',
    heading: 'Confirm your new address',
    explanation: 'Your account is to move to this address. Confirm that it is yours.',
    action: 'Confirm address',
    notYou: 'It was not you? Then leave this mail be: somebody mistyped an address.',
  },
  emailChanged: {
    subject: (shop: string) => `Your e-mail address for ${shop} was changed`,
    preheader: 'If it was not you, act now.',
    heading: 'Your address was changed',
    explanation: (newEmail: string) =>
      `Your account now belongs to ${newEmail}. From now on, mail goes there and you log in with it.`,
    notYou: 'It was not you? Then take your account back now:',
    action: 'This was not me',
  },
  newDevice: {
    subject: (shop: string) => `New log-in to your account at ${shop}`,
    preheader: (device: string) => `From ${device}.`,
    heading: 'Somebody logged in from a new device',
    explanation: 'Was it you? Then all is well. Otherwise end that session and change your password.',
    device: 'Device',
    network: 'Network',
    time: 'Time',
    action: 'Check my account',
  },
  secondFactorChanged: {
    subject: (shop: string) => `The second step of your log-in at ${shop} was changed`,
    preheader: 'If it was not you, act now.',
    heading: 'Your second step was changed',
    changes: secondFactorChanges,
    notYou: 'It was not you? Then check your account and change your password now.',
    action: 'Check my account',
  },
  oauthLinked: (provider: string) => ({
    subject: (shop: string) => `${provider} now opens your account at ${shop}`,
    preheader: 'If it was not you, act now.',
    heading: `${provider} was linked`,
    explanation: `From now on you can log in to your account with ${provider}.`,
    notYou: 'It was not you? Then unlink it and change your password now.',
    action: 'Check my account',
  }),
  oauthUnlinked: (provider: string) => ({
    subject: (shop: string) => `${provider} no longer opens your account at ${shop}`,
    preheader: 'If it was not you, act now.',
    heading: `${provider} was unlinked`,
    explanation: `From now on you can no longer log in to your account with ${provider}.`,
    notYou: 'It was not you? Then check your account and change your password now.',
    action: 'Check my account',
  }),
  accountErased: {
    subject: (shop: string) => `Your account at ${shop} was erased`,
    preheader: 'All that was yours is gone.',
    heading: 'Your account was erased',
    explanation:
      'Your profile, addresses, wishlists and log-ins are gone. Orders stay, as the law asks of a shop, but they no longer bear your name.',
    farewell: 'This is the last mail about this account. You are welcome back at any time.',
  },
  giftCard: {
    subject: (shop: string) => `Your gift card for ${shop}`,
    preheader: 'The code is in this mail.',
    heading: (amount: string) => `A gift card for ${amount}`,
    explanation: (shop: string) => `Somebody at ${shop} sends you a gift card.`,
    code: 'Code',
    amount: 'Amount',
    goodUntil: 'Good until',
    use: 'Enter the code in your cart. What you do not spend stays on the card.',
    action: 'Go shopping',
    keep: 'Keep this mail: the code is as good as cash, and we cannot tell it again.',
    reason: (shop: string) => `You get this mail because a gift card of ${shop} was sent to this address.`,
  },
  backInStock: {
    subject: (thing: string, shop: string) => `${thing} is back at ${shop}`,
    preheader: 'You wanted to hear of it.',
    heading: 'It is back',
    explanation: (thing: string) => `${thing} can be bought again. You asked us to tell you.`,
    hurry:
      'Others asked, too, and were told in the order that they did. Nothing is put aside: who buys first has it.',
    action: 'See it in the shop',
    onlyOne: 'This is the only mail about it.',
    unsubscribe: 'You wait for other things, too? Stop all such mails',
  },
  cartReminder: {
    subject: (shop: string) => `Your cart at ${shop} is still here`,
    preheader: 'One tap, and you go on where you left.',
    heading: 'Your cart is still here',
    explanation: 'You left some things in your cart. Here is the way back to them.',
    line: (quantity: string, thing: string) => `${quantity} × ${thing}`,
    title: 'In your cart',
    more: (count: number) => (count === 1 ? 'and one more thing' : `and ${count} more things`),
    action: 'Go on with your cart',
    kept: (day: string) =>
      `We keep it until ${day}. Nothing is put aside, and prices may change until you order.`,
    onlyOne: 'This is the only mail about it.',
    unsubscribe: 'No more mails about carts',
  },
  orders: ordersEn,
};

export type Messages = typeof en;
