import { sumAmounts, type TransactionContext } from '../../kernel/index.ts';

type Kind = 'invoice' | 'credit_note';
const prefixes: Readonly<Record<Kind, string>> = { invoice: 'INV', credit_note: 'CN' };

/**
 * Issues the invoice of an order, once. Numbers of a year follow each other without a gap: the next is taken in this transaction, and
 * whoever issues at the same time waits for its end. Five statements.
 *
 * @returns its number
 */
export async function issueInvoice(tx: TransactionContext, orderId: string): Promise<string> {
  const { totalAmount, issued } = await lockedOrder(tx, orderId);
  const known = issued.find((document) => document.kind === 'invoice');
  return known?.number ?? issue(tx, { orderId, kind: 'invoice', amount: totalAmount, refundId: null });
}

/**
 * Issues a credit note for an order that has an invoice, once for each refund; none without an invoice. The note of a refund that did not
 * arrive stays: it stands for the refund that is made in its place.
 *
 * @param credit.amount null: all that is not credited yet, as when the order is called off
 */
export async function issueCreditNote(
  tx: TransactionContext,
  credit: { orderId: string; refundId: string; amount: number | null },
): Promise<void> {
  const { totalAmount, refundedAmount, issued } = await lockedOrder(tx, credit.orderId);
  if (!issued.some((document) => document.kind === 'invoice')) return;
  const notes = issued.filter((document) => document.kind === 'credit_note');
  if (notes.some((note) => note.refund_id === credit.refundId)) return;
  const credited = sumAmounts(notes.map((note) => note.amount));
  const left = totalAmount - credited;
  const amount =
    credit.amount === null ? left : Math.min(credit.amount, left, Math.max(0, refundedAmount - credited));
  if (amount === 0) return;
  await issue(tx, { orderId: credit.orderId, kind: 'credit_note', amount, refundId: credit.refundId });
}

async function lockedOrder(tx: TransactionContext, orderId: string) {
  const order = await tx.db
    .selectFrom('orders')
    .select(['total_amount as totalAmount', 'refunded_amount as refundedAmount'])
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const issued = await tx.db
    .selectFrom('order_documents')
    .select(['kind', 'number', 'refund_id', 'amount'])
    .where('order_id', '=', orderId)
    .execute();
  return { ...order, issued };
}

async function issue(
  tx: TransactionContext,
  document: { orderId: string; kind: Kind; amount: number; refundId: string | null },
): Promise<string> {
  const issuedAt = tx.clock.now();
  const series = `${prefixes[document.kind]}-${issuedAt.getUTCFullYear()}`;
  const { last_serial: serial } = await tx.db
    .insertInto('document_series')
    .values({ series, last_serial: 1 })
    .onConflict((conflict) =>
      conflict
        .column('series')
        .doUpdateSet((eb) => ({ last_serial: eb('document_series.last_serial', '+', 1) })),
    )
    .returning('last_serial')
    .executeTakeFirstOrThrow();
  const number = `${series}-${String(serial).padStart(6, '0')}`;
  await tx.db
    .insertInto('order_documents')
    .values({
      id: tx.ids.next(),
      order_id: document.orderId,
      kind: document.kind,
      series,
      serial,
      number,
      amount: document.amount,
      refund_id: document.refundId,
      seller: JSON.stringify(tx.config.seller),
      issued_at: issuedAt,
    })
    .execute();
  return number;
}
