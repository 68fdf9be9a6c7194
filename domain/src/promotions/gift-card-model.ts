import { z } from 'zod';
import { type CurrencyCode, type Money, money, moneyOf } from '../kernel/index.ts';

/** What is on a gift card. */
export interface GiftCardBalance {
  readonly giftCardId: string;
  /** The end of its code, to know it by. */
  readonly last4: string;
  /** What can be spent of it. */
  readonly balance: Money;
  /** The first moment at which it is good no more; null: never. */
  readonly expiresAt: Date | null;
  /** Neither disabled nor expired. */
  readonly isUsable: boolean;
}

export const giftCardStatus = z.enum(['active', 'disabled']);

/** A gift card as staff see it. */
export const giftCardView = z.object({
  id: z.uuid(),
  last4: z.string(),
  status: giftCardStatus,
  /** What it was issued with, what can be spent, and what checkouts hold. */
  initial: money,
  balance: money,
  held: money,
  expiresAt: z.date().nullable(),
  createdAt: z.date(),
});
export type GiftCardView = z.infer<typeof giftCardView>;

/** A line of a card's ledger. */
export const giftCardEntry = z.object({
  kind: z.enum(['issue', 'hold', 'release', 'redeem', 'return', 'adjust', 'expire']),
  balanceDelta: z.int(),
  heldDelta: z.int(),
  orderId: z.uuid().nullable(),
  note: z.string(),
  /** Who did it: a user's or key's id, `guest` or `system`. */
  actor: z.string(),
  occurredAt: z.date(),
});

export const cardColumns = [
  'id',
  'last4',
  'status',
  'currency',
  'initial_amount',
  'balance_amount',
  'held_amount',
  'expires_at',
  'created_at',
] as const;

interface CardRow {
  readonly id: string;
  readonly last4: string;
  readonly status: z.infer<typeof giftCardStatus>;
  readonly currency: CurrencyCode;
  readonly initial_amount: number;
  readonly balance_amount: number;
  readonly held_amount: number;
  readonly expires_at: Date | null;
  readonly created_at: Date;
}

export function viewOfCard(row: CardRow): GiftCardView {
  return {
    id: row.id,
    last4: row.last4,
    status: row.status,
    initial: moneyOf(row.initial_amount, row.currency),
    balance: moneyOf(row.balance_amount, row.currency),
    held: moneyOf(row.held_amount, row.currency),
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  };
}

export function balanceOfCard(
  row: Omit<CardRow, 'initial_amount' | 'held_amount' | 'created_at'>,
  now: Date,
): GiftCardBalance {
  return {
    giftCardId: row.id,
    last4: row.last4,
    balance: moneyOf(row.balance_amount, row.currency),
    expiresAt: row.expires_at,
    isUsable: row.status === 'active' && (row.expires_at === null || row.expires_at > now),
  };
}
