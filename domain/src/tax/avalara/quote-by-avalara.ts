import { createHash } from 'node:crypto';
import { type Context, cached, OutsideError } from '../../kernel/index.ts';
import type { TaxableSale, TaxQuote } from '../model.ts';
import { avataxTransaction, quoteOf, salesOrder } from './avatax.ts';

/** The same sale is asked about again on each step of the checkout. */
const CACHE_SECONDS = 15 * 60;

/**
 * The tax by AvaTax; null when it is off, away or unwilling, and the shop's own tables must tell. The answer to a sale is kept for a
 * while by all that it depends on, so that pages do not wait for it twice, and later steps see the same.
 */
export async function quoteByAvalara(ctx: Context, sale: TaxableSale): Promise<TaxQuote | null> {
  const { avalara: api } = ctx.services;
  const { avalara: config } = ctx.config;
  if (api === null || config === null || sale.lines.length === 0) return null;
  const body = salesOrder(config, sale);
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  try {
    const transaction = await cached(ctx.cache, `tax:avalara:${digest}`, CACHE_SECONDS, async () => {
      const answer = await api.call({
        method: 'POST',
        path: '/api/v2/transactions/create',
        body,
        answer: avataxTransaction,
        // A sales order is worked out and forgotten.
        isSafe: true,
      });
      quoteOf(sale, answer);
      return answer;
    });
    return quoteOf(sale, avataxTransaction.parse(transaction));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const { kind, status, code } = error;
    const note = { service: 'avalara', kind, status, code };
    if (kind === 'refused') ctx.logger.error(note, 'AvaTax refuses a quote: the own tables tell the tax');
    else ctx.logger.warn(note, 'AvaTax is away: the own tables tell the tax');
    return null;
  }
}
