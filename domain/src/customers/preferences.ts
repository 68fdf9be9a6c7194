import { changeUser, readUser, recordAudit } from '../identity/index.ts';
import { authorise, type Context, currencyCode, currentUserId } from '../kernel/index.ts';
import { type CustomerRow, lockCustomer, readCustomer, updateCustomer } from './customer-rows.ts';
import { locales, mailOptIns, type Preferences } from './model.ts';

/** What who is logged in prefers. Two statements. @throws DomainError `unauthenticated`, `forbidden` */
export async function getPreferences(ctx: Context): Promise<Preferences> {
  authorise(ctx, 'account:own');
  const user = await readUser(ctx, currentUserId(ctx));
  return preferencesOf(user.locale, await readCustomer(ctx, user.id));
}

/**
 * Sets all preferences of who is logged in. What changed is audited: consent to mails must be provable.
 *
 * @throws DomainError `unauthenticated`, `forbidden`
 */
export async function updatePreferences(ctx: Context, input: Preferences): Promise<Preferences> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  return ctx.transaction(async (tx) => {
    const customer = await lockCustomer(tx, userId);
    const user = await readUser(tx, userId);
    const before = preferencesOf(user.locale, customer);
    if (JSON.stringify(before) === JSON.stringify(inOrder(input))) return before;
    await updateCustomer(tx, userId, { currency: input.currency, mail_opt_ins: input.mailOptIns });
    if (input.locale !== before.locale) await changeUser(tx, { userId, locale: input.locale });
    await recordAudit(tx, {
      action: 'customer.preferences-changed',
      target: { kind: 'user', id: userId },
      before: { ...before },
      after: inOrder(input),
    });
    return inOrder(input);
  });
}

const inOrder = ({ locale, currency, mailOptIns: chosen }: Preferences) => ({
  locale,
  currency,
  mailOptIns: mailOptIns.filter((known) => chosen.includes(known)),
});

/** Languages and currencies that the shop no longer has count as its own. */
function preferencesOf(locale: string, customer: CustomerRow | undefined): Preferences {
  const language = locale.split('-', 1)[0];
  return {
    locale: locales.find((known) => known === language) ?? locales[0],
    currency: currencyCode.safeParse(customer?.currency).data ?? null,
    mailOptIns: mailOptIns.filter((known) => customer?.mail_opt_ins.includes(known)),
  };
}

/** Tells whether somebody asked for a kind of mail. One statement. */
export async function wantsMail(
  ctx: Context,
  input: { userId: string; kind: (typeof mailOptIns)[number] },
): Promise<boolean> {
  const customer = await readCustomer(ctx, input.userId);
  return customer?.mail_opt_ins.includes(input.kind) ?? false;
}
