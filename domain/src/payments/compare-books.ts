import type Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import { compareIntent, ledgerRows } from './compare-intent.ts';
import { closeDiscrepancies, noteDiscrepancy } from './discrepancies.ts';
import { retell } from './mend-books.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

/** How much of each list is asked for at once. */
const PAGE_SIZE = 100;

export interface BooksReport {
  /** Intents and payments that were looked at. */
  readonly compared: number;
  /** Differences that were not known before. */
  readonly found: number;
  /** What was told anew to who mends it: a webhook that never came, a capture that was not written down. */
  readonly retold: number;
}

/**
 * Compares the provider's books with ours both ways: its intents and refunds since then against our payments, our payments since then
 * against its intents, and what differed before. Whatever a webhook would have told is told anew, so that it mends itself; what still
 * differs is noted for staff.
 *
 * @param input.since what was created or changed from then on
 * @param input.until up to then: younger things may be under way, and are next time's
 * @throws DomainError `unavailable`; what was found until then is noted
 */
export async function compareBooks(ctx: Context, input: { since: Date; until?: Date }): Promise<BooksReport> {
  const until = input.until ?? ctx.clock.now();
  const total = { compared: 0, found: 0, retold: 0 };
  const seen = new Set<string>();
  const add = async (intents: readonly Stripe.PaymentIntent[]) => {
    const fresh = intents.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    const report = await comparePage(ctx, fresh);
    total.compared += report.compared;
    total.found += report.found;
    total.retold += report.retold;
  };
  for await (const page of intentsOfProvider(ctx, { since: input.since, until })) await add(page);
  for await (const page of intentsRefunded(ctx, { since: input.since, until }, seen)) await add(page);
  for await (const ids of ourIntents(ctx, { since: input.since, until })) {
    await add(
      await retrieveAll(
        ctx,
        ids.filter((id) => !seen.has(id)),
        total,
      ),
    );
  }
  return total;
}

/** The provider's intents of a time, with what was charged. */
async function* intentsOfProvider(ctx: Context, time: { since: Date; until: Date }) {
  const created = { gte: secondsOf(time.since), lt: secondsOf(time.until) };
  let after: string | undefined;
  for (;;) {
    const page = await orUnavailable(() =>
      ctx.services.stripe.paymentIntents.list({
        created,
        limit: PAGE_SIZE,
        expand: ['data.latest_charge'],
        ...(after === undefined ? {} : { starting_after: after }),
      }),
    );
    yield page.data;
    after = page.data.at(-1)?.id;
    if (!page.has_more || after === undefined) return;
  }
}

/** The intents of refunds of a time, where they were not looked at yet: an old payment that was refunded lately. */
async function* intentsRefunded(ctx: Context, time: { since: Date; until: Date }, seen: ReadonlySet<string>) {
  const created = { gte: secondsOf(time.since), lt: secondsOf(time.until) };
  let after: string | undefined;
  for (;;) {
    const page = await orUnavailable(() =>
      ctx.services.stripe.refunds.list({
        created,
        limit: PAGE_SIZE,
        ...(after === undefined ? {} : { starting_after: after }),
      }),
    );
    const ids = page.data.flatMap(({ payment_intent: intent }) =>
      intent === null ? [] : [typeof intent === 'string' ? intent : intent.id],
    );
    const fresh = [...new Set(ids)].filter((id) => !seen.has(id));
    yield await retrieveAll(ctx, fresh, null);
    after = page.data.at(-1)?.id;
    if (!page.has_more || after === undefined) return;
  }
}

/** The intents of our payments that changed in a time, and of what differed before, in pages. */
async function* ourIntents(ctx: Context, time: { since: Date; until: Date }): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = await ctx.db
      .selectFrom('payments')
      .select('intent_id')
      .where('intent_id', '>', after)
      .where((eb) =>
        eb.or([
          eb.and([
            eb('order_id', 'is not', null),
            eb('updated_at', '>=', time.since),
            eb('updated_at', '<', time.until),
          ]),
          eb.exists(
            eb
              .selectFrom('payment_discrepancies')
              .select('id')
              .whereRef('payment_discrepancies.intent_id', '=', 'payments.intent_id')
              .where('resolved_at', 'is', null),
          ),
        ]),
      )
      .orderBy('intent_id')
      .limit(PAGE_SIZE)
      .execute();
    const ids = rows.flatMap((row) => row.intent_id ?? []);
    if (ids.length > 0) yield ids;
    if (ids.length < PAGE_SIZE) return;
    after = ids.at(-1) ?? '';
  }
}

/** Intents one by one, a few at a time. One that the provider does not know is a difference by itself. */
async function retrieveAll(
  ctx: Context,
  ids: readonly string[],
  total: { compared: number; found: number } | null,
): Promise<Stripe.PaymentIntent[]> {
  const found: Stripe.PaymentIntent[] = [];
  for (const id of ids) {
    const intent = await retrieve(ctx, id);
    if (intent !== null) found.push(intent);
    else if (total !== null) {
      total.compared += 1;
      if (await noteMissing(ctx, id)) total.found += 1;
    }
  }
  return found;
}

async function retrieve(ctx: Context, intentId: string): Promise<Stripe.PaymentIntent | null> {
  try {
    return await orUnavailable(() =>
      ctx.services.stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }),
    );
  } catch (error) {
    if (isProviderError(error, 'resource_missing')) return null;
    throw error;
  }
}

async function noteMissing(ctx: Context, intentId: string): Promise<boolean> {
  const [row] = (await ledgerRows(ctx, [intentId])).values();
  if (!row || row.orderId === null || row.status === 'cancelled') return false;
  return noteDiscrepancy(ctx, {
    kind: 'order_without_money',
    subject: intentId,
    intentId,
    orderId: row.orderId,
    currency: row.currency,
    providerAmount: null,
    ourAmount: row.amount,
  });
}

async function comparePage(ctx: Context, intents: readonly Stripe.PaymentIntent[]): Promise<BooksReport> {
  if (intents.length === 0) return { compared: 0, found: 0, retold: 0 };
  const rows = await ledgerRows(
    ctx,
    intents.map(({ id }) => id),
  );
  let found = 0;
  let retold = 0;
  for (const intent of intents) {
    let findings = compareIntent(ctx, intent, rows.get(intent.id));
    if (findings.length > 0 && (await retell(ctx, intent, rows.get(intent.id), findings))) {
      retold += 1;
      const now = (await retrieve(ctx, intent.id)) ?? intent;
      findings = compareIntent(ctx, now, (await ledgerRows(ctx, [intent.id])).get(intent.id));
    }
    // money that came a moment ago may be on its way to its order: it has until the next comparison
    const standing = findings.filter((finding) => !finding.isFresh);
    for (const { isFresh: _isFresh, ...finding } of standing) {
      if (await noteDiscrepancy(ctx, finding)) found += 1;
    }
    await closeDiscrepancies(ctx, {
      subject: intent.id,
      except: standing.map(({ kind }) => kind),
      note: 'the books agree',
    });
  }
  return { compared: intents.length, found, retold };
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
