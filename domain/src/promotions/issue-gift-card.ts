import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import {
  authorise,
  type Context,
  currencyCode,
  DomainError,
  hashToken,
  requireRecentLoginOfStaff,
  type TransactionContext,
} from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { customerKey } from './customer-key.ts';
import { giftCodeOf, hashesOf, keepCode, normaliseGiftCode, writeGiftCode } from './gift-card-code.ts';
import { cardColumns, type GiftCardView, viewOfCard } from './gift-card-model.ts';

export const giftCardToIssue = z.strictObject({
  /** In minor units. */
  amount: z.int().min(1).max(100_000_000),
  currency: currencyCode,
  /** The first moment at which it is good no more; null: never. */
  expiresAt: z.coerce.date().nullable().default(null),
  /** Who gets the code by mail; the address is not kept. */
  toEmail: z.email().max(254).nullable().default(null),
  /** The language of that mail. */
  locale: z.string().max(35).default('en'),
  /** The same request twice issues one. */
  requestId: z.uuid(),
});
export type GiftCardToIssue = z.infer<typeof giftCardToIssue>;

/**
 * Issues a gift card. Its code is shown this once: a keyed hash is kept. The request again, in case its answer was lost, shows the same.
 * Audited without the code.
 *
 * @param input.code a code of one's own: for the system itself (demo data) only
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `invalid_input` when it would have expired already or
 *   the code is none, `conflict` when the code is another's, or can be told no more
 */
export async function issueGiftCard(
  ctx: Context,
  input: GiftCardToIssue & { code?: string },
): Promise<{ code: string; giftCard: GiftCardView }> {
  authorise(ctx, 'gift-cards:manage');
  requireRecentLoginOfStaff(ctx);
  const now = ctx.clock.now();
  if (input.expiresAt !== null && input.expiresAt <= now) {
    const message = 'Choose a day to come';
    throw new DomainError('invalid_input', `expiresAt: ${message}`, { fields: { expiresAt: message } });
  }
  const code = codeFor(ctx, input);
  return ctx.transaction(async (tx) => {
    const id = tx.ids.next();
    const giftCard = await tx.db
      .insertInto('gift_cards')
      .values({
        id,
        ...keepCode(tx.config.secrets, id, code),
        last4: code.slice(-4),
        currency: input.currency,
        initial_amount: input.amount,
        balance_amount: input.amount,
        status: 'active',
        expires_at: input.expiresAt,
        recipient_key: input.toEmail === null ? null : customerKey(tx, input.toEmail),
        request_hash: hashToken(input.requestId),
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(cardColumns)
      .executeTakeFirst();
    if (!giftCard) return issuedBefore(tx, input, code);
    await tx.db
      .insertInto('gift_card_entries')
      .values({
        gift_card_id: id,
        kind: 'issue',
        balance_delta: input.amount,
        actor: tx.actor.id,
        occurred_at: now,
      })
      .execute();
    await recordAudit(tx, {
      action: 'gift-card.issued',
      target: { kind: 'gift-card', id },
      after: { amount: input.amount, currency: input.currency, expiresAt: input.expiresAt },
    });
    if (input.toEmail !== null) await mailCode(tx, { ...input, toEmail: input.toEmail }, id, code);
    return { code: writeGiftCode(code), giftCard: viewOfCard(giftCard) };
  });
}

function codeFor(ctx: Context, input: { code?: string; requestId: string }): string {
  if (input.code === undefined) return giftCodeOf(ctx.config.secrets[0], input.requestId);
  if (ctx.actor.kind !== 'system') throw new DomainError('forbidden', 'codes are made, not chosen');
  const code = normaliseGiftCode(input.code);
  if (code === null)
    throw new DomainError('invalid_input', 'a gift card code has 12 to 40 letters and digits');
  return code;
}

/** The code is made of the request's id, so that it can be told again, as long as the secret that it was made by stands. */
async function issuedBefore(
  tx: TransactionContext,
  input: { code?: string; requestId: string },
  code: string,
): Promise<{ code: string; giftCard: GiftCardView }> {
  const { secrets } = tx.config;
  const card = await tx.db
    .selectFrom('gift_cards')
    .select([...cardColumns, 'code_hash'])
    .where('request_hash', '=', hashToken(input.requestId))
    .executeTakeFirst();
  const made =
    input.code === undefined ? secrets.map((secret) => giftCodeOf(secret, input.requestId)) : [code];
  const same = made.find((each) => card && hashesOf(secrets, each).includes(card.code_hash));
  if (!card || same === undefined) {
    throw new DomainError('conflict', 'the code is taken, or of a request that is too long ago');
  }
  return { code: writeGiftCode(same), giftCard: viewOfCard(card) };
}

/** What the mail with a card's code is queued under. */
export function giftCardMailKey(giftCardId: string): string {
  return `gift-card:${giftCardId}`;
}

async function mailCode(
  tx: TransactionContext,
  input: GiftCardToIssue & { toEmail: string },
  giftCardId: string,
  code: string,
): Promise<void> {
  const { amount, currency, expiresAt, toEmail, locale } = input;
  await queueMail(tx, {
    template: 'gift-card',
    to: toEmail,
    locale,
    data: { amount: { amount, currency }, code: writeGiftCode(code), expiresAt, url: tx.config.shop.url },
    key: giftCardMailKey(giftCardId),
  });
}
