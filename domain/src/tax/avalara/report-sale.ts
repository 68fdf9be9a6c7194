import { type Context, OutsideError } from '../../kernel/index.ts';
import { type OrderView, readOrder } from '../../orders/index.ts';
import { addressOf, avataxTransaction, salesOrder, toMajor } from './avatax.ts';

/** A job may wait longer than a page. */
const JOB_MS = 15_000;

/**
 * Reports the tax of an order that was placed: a committed sales invoice under the order's number, with the amounts that were charged,
 * whoever worked them out. However often it is called, and whatever became of an answer, AvaTax has one document.
 *
 * @throws OutsideError when AvaTax is away or refuses: to be tried again
 */
export async function commitTax(ctx: Context, input: { orderId: string }): Promise<void> {
  const { avalara: api } = ctx.services;
  if (api === null || (await documentOf(ctx, input.orderId))) return;
  const order = await readOrder(ctx, input.orderId);
  try {
    await api.call({
      method: 'POST',
      path: '/api/v2/transactions/create',
      body: salesInvoice(ctx, order),
      answer: avataxTransaction,
      isSafe: false,
      budgetMs: JOB_MS,
    });
  } catch (error) {
    // It may be there from a try whose answer was lost: AvaTax refuses a second document of the same code.
    if (!(await isThere(ctx, order.number, 'Committed'))) throw error;
  }
  await ctx.db
    .insertInto('tax_documents')
    .values({
      order_id: order.id,
      provider: 'avalara',
      code: order.number,
      status: 'committed',
      committed_at: ctx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .execute();
}

/**
 * Voids what was reported of an order that is cancelled; nothing where nothing was reported.
 *
 * @throws OutsideError when AvaTax is away or refuses: to be tried again
 */
export async function voidTax(ctx: Context, input: { orderId: string }): Promise<void> {
  const { avalara: api } = ctx.services;
  const document = await documentOf(ctx, input.orderId);
  if (api === null || document?.status !== 'committed') return;
  try {
    await api.call({
      method: 'POST',
      path: `${pathOf(ctx, document.code)}/void`,
      body: { code: 'DocVoided' },
      answer: avataxTransaction.pick({ status: true }),
      isSafe: false,
      budgetMs: JOB_MS,
    });
  } catch (error) {
    if (!(await isThere(ctx, document.code, 'Cancelled'))) throw error;
  }
  await ctx.db
    .updateTable('tax_documents')
    .set({ status: 'voided', voided_at: ctx.clock.now() })
    .where('order_id', '=', input.orderId)
    .execute();
}

async function documentOf(ctx: Context, orderId: string) {
  return ctx.db
    .selectFrom('tax_documents')
    .select(['code', 'status'])
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

function pathOf(ctx: Context, code: string): string {
  const company = ctx.config.avalara?.companyCode ?? '';
  return `/api/v2/companies/${encodeURIComponent(company)}/transactions/${encodeURIComponent(code)}`;
}

/** Whether AvaTax has a document in a state already. */
async function isThere(ctx: Context, code: string, status: string): Promise<boolean> {
  try {
    const found = await ctx.services.avalara?.call({
      method: 'GET',
      path: pathOf(ctx, code),
      answer: avataxTransaction.pick({ status: true }),
      isSafe: true,
      budgetMs: JOB_MS,
    });
    return found?.status === status;
  } catch (error) {
    if (error instanceof OutsideError && error.status === 404) return false;
    throw error;
  }
}

/** The invoice of an order; nobody is named in it. What its buyer was charged overrides what AvaTax would work out by now. */
function salesInvoice(ctx: Context, order: OrderView) {
  const { avalara: config } = ctx.config;
  if (config === null) throw new Error('AvaTax is off');
  const place = order.shippingMethod.pickup?.address ?? order.shippingAddress;
  const sale = salesOrder(config, {
    destination: place,
    currency: order.total.currency,
    pricesIncludeTax: order.pricesIncludeTax,
    lines: order.lines.map((line) => ({
      key: line.id,
      sku: line.sku,
      taxClass: line.taxClass,
      amount: line.total.amount,
      quantity: line.quantity,
    })),
    shippingAmount: order.shipping.amount,
    vatId: null,
    reference: order.number,
    at: order.placedAt,
  });
  const taxes = order.lines.map((line) => line.tax.amount);
  const shippingTax = order.tax.amount - taxes.reduce((sum, tax) => sum + tax, 0);
  return {
    ...sale,
    type: 'SalesInvoice',
    code: order.number,
    commit: true,
    addresses: { shipFrom: addressOf(config.shipFrom), shipTo: addressOf(place) },
    lines: sale.lines.map((line, index) => ({
      ...line,
      taxOverride: {
        type: 'taxAmount',
        taxAmount: toMajor(taxes[index] ?? shippingTax),
        reason: 'as charged',
      },
    })),
  };
}
