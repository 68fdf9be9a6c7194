import { z } from 'zod';
import { money } from '../kernel/index.ts';
import { orderTemplates } from './order-data.ts';

const name = z.string();
/** An absolute address, made by the caller; a token in it is worth keeping secret. */
const link = z.url({ protocol: /^https?$/ });
/** A moment; it is written down as text and read back as a date. */
const moment = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]);

/** What changed about the second factor. */
export const secondFactorChange = z.enum([
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-renewed',
  'recovery-code-used',
]);
export type SecondFactorChange = z.infer<typeof secondFactorChange>;

/** Every kind of mail, with what has to be known to write it. The shop's name and address come from the configuration. */
export const mailTemplates = {
  /** Somebody registered: proves that the address is theirs. */
  'register-confirm': z.object({ name, url: link }),
  /** Somebody registered with an address that has an account already: told to its owner only. */
  'register-existing': z.object({ name, loginUrl: link, resetUrl: link }),
  'reset-password': z.object({ name, url: link }),
  /** A reset was asked for an address that has no account. */
  'reset-unknown': z.object({ loginUrl: link, registerUrl: link }),
  'password-changed': z.object({ name, undoUrl: link }),
  /** To the old address. */
  'email-change-approve': z.object({ name, newEmail: z.string(), url: link }),
  /** To the new address. */
  'email-change-verify': z.object({ name, url: link }),
  /** To the old address. */
  'email-changed': z.object({ name, newEmail: z.string(), undoUrl: link }),
  'new-device': z.object({
    name,
    /** Such as `Firefox on Windows`. */
    device: z.string(),
    /** Such as `203.0.113.0/24`. */
    network: z.string(),
    time: moment,
    securityUrl: link,
  }),
  'second-factor-changed': z.object({ name, what: secondFactorChange, securityUrl: link }),
  /** `provider` as it calls itself, such as `Google`. */
  'oauth-linked': z.object({ name, provider: z.string(), securityUrl: link }),
  'oauth-unlinked': z.object({ name, provider: z.string(), securityUrl: link }),
  'account-erased': z.object({ name }),
  /** To whom a gift card is for. The code stands in the mail and nowhere else; `expiresAt` is the first moment at which it is good no more. */
  'gift-card': z.object({ amount: money, code: z.string(), expiresAt: moment.nullable(), url: link }),
  /** Something can be bought again that somebody waits for; `variant` is empty where there is one of a kind. */
  'back-in-stock': z.object({ title: z.string(), variant: z.string(), url: link, unsubscribeUrl: link }),
  /** To who left things in their cart and wanted to hear of it; `keptUntil` is the last moment at which the link works. */
  'cart-reminder': z.object({
    lines: z.array(z.object({ title: z.string(), variant: z.string(), quantity: z.int() })).min(1),
    /** Things beside those. */
    more: z.int(),
    keptUntil: moment,
    url: link,
    unsubscribeUrl: link,
  }),
  ...orderTemplates,
} as const;

export type MailTemplate = keyof typeof mailTemplates;
export const mailTemplate = z.object(mailTemplates).keyof();

/** What a caller hands over for a template. */
export type MailInput<Template extends MailTemplate> = z.input<(typeof mailTemplates)[Template]>;
/** What a template is written from. */
export type MailData<Template extends MailTemplate> = z.output<(typeof mailTemplates)[Template]>;
