import { sql } from 'kysely';
import type { TransactionContext, Write } from '../kernel/index.ts';
import { orderPaid, orderPlaced } from './events.ts';
import type { OrderHappening } from './history.ts';
import type { OrderDraft } from './order-draft.ts';
import { beginHistory } from './order-store.ts';
import { paymentDueAt } from './payment-terms.ts';

/**
 * Writes an order down: its history begins, and with it what it shows. The database refuses a second order for a checkout and sums
 * that do not add up. Two statements; one where `serial` is given.
 *
 * @param how.serial an `orderSerial` that was drawn for it
 * @param how.others changes to other tables that are made with it
 * @param how.andCommit it is the last that its transaction does, see `writeLast`
 */
export async function createOrder(
  tx: TransactionContext,
  draft: OrderDraft,
  how: { serial?: number; others?: (orderId: string) => readonly Write[]; andCommit?: boolean } = {},
): Promise<{ id: string; number: string }> {
  const id = tx.ids.next();
  const number = numberOf(tx, how.serial ?? (await drawSerial(tx)));
  const happened = happenedAtFirst(tx, draft, number);
  const { after: order, writes } = beginHistory(tx, id, happened);
  const { method } = order.created.payment;
  const { checkoutId } = order.created;
  const placed = orderPlaced(id, {
    number,
    checkoutId,
    paymentMethod: method,
    paymentStatus: order.paymentStatus,
  });
  const isPaid = order.paymentStatus === 'paid';
  const paid = isPaid ? [orderPaid(id, { number, checkoutId, amount: order.paidAmount })] : [];
  await tx.emitWith([placed, ...paid], {
    changes: [...writes, ...(how.others?.(id) ?? [])],
    andCommit: how.andCommit ?? false,
  });
  return { id, number };
}

function happenedAtFirst(tx: TransactionContext, draft: OrderDraft, number: string): OrderHappening[] {
  const { card, payment: given, lines, ...order } = draft;
  const payment = given ?? {
    method: 'card' as const,
    status: 'authorised' as const,
    detail: card ? { type: 'card', ...card } : null,
    dueAmount: order.totalAmount - (order.giftCardAmount ?? 0),
  };
  const { method, detail, dueAmount } = payment;
  const created: OrderHappening = {
    type: 'ORDER_CREATED',
    data: {
      ...order,
      number,
      lines: lines.map((line) => ({ id: tx.ids.next(), ...line })),
      payment: { method, detail, dueAmount },
    },
  };
  // gift cards pay for all of it
  if (dueAmount === 0) return [created];
  switch (payment.status) {
    case 'authorised':
      return [created, { type: 'PAYMENT_AUTHORIZED', data: { amount: dueAmount } }];
    case 'paid':
      return [created, { type: 'PAYMENT_CAPTURED', data: { amount: dueAmount } }];
    case 'awaiting': {
      const dueAt = paymentDueAt(method, tx.clock.now()).toISOString();
      return [created, { type: 'PAYMENT_AWAITED', data: { dueAt } }];
    }
  }
}

/** Draws what makes an order's number its own, for statements that lock what the order is made of. One that is not used is missing. */
export const orderSerial = sql<number>`nextval('order_numbers')`;

async function drawSerial(tx: TransactionContext): Promise<number> {
  const { rows } = await sql<{ serial: number }>`select ${orderSerial} as serial`.execute(tx.db);
  const serial = rows[0]?.serial;
  if (serial === undefined) throw new Error('no number was drawn');
  return serial;
}

/** `SK-2026-000123`: the year it is placed in and a number that grows over all years. */
function numberOf(tx: TransactionContext, serial: number): string {
  return `SK-${tx.clock.now().getUTCFullYear()}-${String(serial).padStart(6, '0')}`;
}
