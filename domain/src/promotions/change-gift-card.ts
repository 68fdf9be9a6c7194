import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import {
  authorise,
  type Context,
  DomainError,
  requireRecentLoginOfStaff,
  type TransactionContext,
} from '../kernel/index.ts';
import { cardColumns, type GiftCardView, giftCardStatus, viewOfCard } from './gift-card-model.ts';

export const giftCardAdjustment = z.strictObject({
  giftCardId: z.uuid(),
  /** What to add, or with a minus to take off, in minor units. */
  delta: z
    .int()
    .min(-100_000_000)
    .max(100_000_000)
    .refine((delta) => delta !== 0, { message: 'Nothing would change' }),
  /** Why. Nothing personal: the ledger is never erased. */
  note: z.string().trim().min(1).max(200),
  /** The same request twice is one adjustment. */
  requestId: z.uuid(),
});

/**
 * Adds to a gift card, or takes off what can be spent of it, with the ledger; audited.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `reauthentication_required`, `not_found`, `gift_card_short` with
 *   `{ giftCardId, last4, balance }`
 */
export async function adjustGiftCard(
  ctx: Context,
  input: z.infer<typeof giftCardAdjustment>,
): Promise<GiftCardView> {
  authorise(ctx, 'gift-cards:manage');
  requireRecentLoginOfStaff(ctx);
  const { giftCardId, delta, note, requestId } = input;
  return ctx.transaction(async (tx) => {
    const card = await lockCard(tx, giftCardId);
    const isDone = await tx.db
      .selectFrom('gift_card_entries')
      .select('position')
      .where('request_id', '=', requestId)
      .executeTakeFirst();
    if (isDone) return viewOfCard(card);
    if (card.balance_amount + delta < 0) {
      const { balance } = viewOfCard(card);
      const { last4 } = card;
      throw new DomainError('gift_card_short', 'less is on the card', { giftCardId, last4, balance });
    }
    const changed = await tx.db
      .updateTable('gift_cards')
      .set({ balance_amount: card.balance_amount + delta, updated_at: tx.clock.now() })
      .where('id', '=', giftCardId)
      .returning(cardColumns)
      .executeTakeFirstOrThrow();
    await tx.db
      .insertInto('gift_card_entries')
      .values({
        gift_card_id: giftCardId,
        kind: 'adjust',
        balance_delta: delta,
        note,
        request_id: requestId,
        actor: tx.actor.id,
        occurred_at: tx.clock.now(),
      })
      .execute();
    await recordAudit(tx, {
      action: 'gift-card.adjusted',
      target: { kind: 'gift-card', id: giftCardId },
      before: { balance: card.balance_amount },
      after: { balance: changed.balance_amount },
    });
    return viewOfCard(changed);
  });
}

export const giftCardStatusChange = z.strictObject({ giftCardId: z.uuid(), status: giftCardStatus });

/**
 * Makes a gift card worthless, or good again; audited. What a checkout holds of it stays held. That it is so already is no error.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function setGiftCardStatus(
  ctx: Context,
  input: z.infer<typeof giftCardStatusChange>,
): Promise<GiftCardView> {
  authorise(ctx, 'gift-cards:manage');
  const { giftCardId, status } = input;
  return ctx.transaction(async (tx) => {
    const card = await lockCard(tx, giftCardId);
    if (card.status === status) return viewOfCard(card);
    const changed = await tx.db
      .updateTable('gift_cards')
      .set({ status, updated_at: tx.clock.now() })
      .where('id', '=', giftCardId)
      .returning(cardColumns)
      .executeTakeFirstOrThrow();
    await recordAudit(tx, {
      action: 'gift-card.status-changed',
      target: { kind: 'gift-card', id: giftCardId },
      before: { status: card.status },
      after: { status },
    });
    return viewOfCard(changed);
  });
}

/** Makes a gift card worthless; see `setGiftCardStatus`. */
export function disableGiftCard(ctx: Context, input: { giftCardId: string }): Promise<GiftCardView> {
  return setGiftCardStatus(ctx, { ...input, status: 'disabled' });
}

async function lockCard(tx: TransactionContext, giftCardId: string) {
  const card = await tx.db
    .selectFrom('gift_cards')
    .select(cardColumns)
    .where('id', '=', giftCardId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!card) throw new DomainError('not_found', `no gift card ${giftCardId}`);
  return card;
}
