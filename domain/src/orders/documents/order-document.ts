import { createHash } from 'node:crypto';
import { z } from 'zod';
import { authorise, type Context, DomainError } from '../../kernel/index.ts';
import { orderToOpen } from '../get-order.ts';
import type { OrderView } from '../model.ts';
import { viewOf } from '../order-view.ts';
import { type DocumentContent, documentContent, type Issued, sellerSnapshot } from './document-content.ts';
import { drawDocument } from './draw-document.ts';

/** Grows with every change of how documents look, so that copies in browsers are known to be old. */
const LOOK = 1;

export const documentInput = z.strictObject({
  number: z.string().min(1).max(40),
  token: z.string().min(1).max(300).nullable().default(null),
  kind: z.enum(['invoice', 'receipt', 'credit_note']),
  /** Which credit note; null for the first. */
  documentNumber: z.string().max(40).nullable().default(null),
  /** The ETag of the copy at hand: if it is still right, no other is sent. */
  knownEtag: z.string().max(100).nullable().default(null),
});

export const orderDocument = z.object({
  etag: z.string(),
  fileName: z.string(),
  /** A PDF in base64; null when the copy at hand is right. */
  pdf: z.string().nullable(),
});
export type OrderDocument = z.infer<typeof orderDocument>;

/**
 * An invoice, a receipt or a credit note of an order, for who may open the order. Drawn anew each time: nothing is kept beside the order
 * and what was issued, so that erasing a person erases them here too. Five statements.
 *
 * @throws DomainError `not_found` for an order that is not for who asks, and for what was not issued (yet)
 */
export async function getOrderDocument(
  ctx: Context,
  input: z.output<typeof documentInput>,
): Promise<OrderDocument> {
  authorise(ctx, 'orders:read:own');
  const row = await orderToOpen(ctx, input);
  const order = await viewOf(ctx, row);
  const issued = await issuedOf(ctx, order, input);
  if (issued === null) throw new DomainError('not_found', `order ${input.number} has no ${input.kind} yet`);
  const content = documentContent(order, issued);
  const etag = etagOf(content);
  const fileName = `${content.title.replaceAll(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`;
  if (input.knownEtag === etag) return { etag, fileName, pdf: null };
  return { etag, fileName, pdf: (await drawDocument(content)).toString('base64') };
}

function etagOf(content: DocumentContent): string {
  const { pageOf, ...said } = content;
  const text = JSON.stringify([LOOK, pageOf(1, 2), said]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}

async function issuedOf(
  ctx: Context,
  order: OrderView,
  input: { kind: Issued['kind']; documentNumber: string | null },
): Promise<Issued | null> {
  if (input.kind === 'receipt') return receiptOf(ctx, order);
  const rows = await ctx.db
    .selectFrom('order_documents')
    .select(['kind', 'number', 'amount', 'seller', 'issued_at as issuedAt'])
    .where('order_id', '=', order.id)
    .orderBy('issued_at')
    .orderBy('number')
    .execute();
  const wanted = rows.find(
    ({ kind, number }) =>
      kind === input.kind && (input.documentNumber === null || number === input.documentNumber),
  );
  if (!wanted) return null;
  const invoice = rows.find(({ kind }) => kind === 'invoice');
  return {
    ...wanted,
    seller: sellerSnapshot.parse(wanted.seller),
    invoiceNumber: wanted.kind === 'credit_note' ? (invoice?.number ?? null) : null,
  };
}

/** A receipt tells of what was paid so far: it has no number of its own, and its day is that of the last payment. */
function receiptOf(ctx: Context, order: OrderView): Issued | null {
  const isPaidByGiftCards = order.payment.due.amount === 0;
  if (order.payment.paid.amount === 0 && !isPaidByGiftCards) return null;
  const moves = order.history.filter(({ type, amount }) => amount !== null && type !== 'PAYMENT_AUTHORIZED');
  return {
    kind: 'receipt',
    number: order.number,
    issuedAt: moves.at(-1)?.occurredAt ?? order.placedAt,
    seller: ctx.config.seller,
    amount: order.total.amount,
    invoiceNumber: null,
  };
}
