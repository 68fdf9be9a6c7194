import { z } from 'zod';
import {
  authorise,
  type Context,
  type CurrencyCode,
  DomainError,
  OutsideError,
  type TransactionContext,
} from '../../kernel/index.ts';
import type { StoredAddress } from '../model.ts';
import { askRates, shipmentOf } from './shippo.ts';

/** What to buy a label for. */
export interface BuyLabel {
  /** The same request buys one label, however often it is sent. */
  readonly requestId: string;
  readonly orderId: string;
  readonly to: StoredAddress;
  readonly email?: string | undefined;
  readonly weightGrams: number;
  readonly currency: CurrencyCode;
  /** The carrier's service, such as `usps_priority`: the `code` of the option that was chosen. */
  readonly service: string;
}

/** A label that was bought. */
export interface ShippingLabel {
  readonly id: string;
  readonly service: string;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  /** The PDF to print. */
  readonly labelUrl: string;
}

/** While a request is this young, whoever sends it again is told to wait. */
const CLAIM_SECONDS = 60;
const JOB_MS = 20_000;

const transaction = z.object({
  object_id: z.string(),
  status: z.string(),
  label_url: z.string().nullish(),
  tracking_number: z.string().nullish(),
  tracking_url_provider: z.string().nullish(),
  messages: z.array(z.object({ code: z.string().nullish() })).default([]),
});
type LabelTransaction = z.infer<typeof transaction>;

/**
 * Buys a label of a carrier, once for a request: one whose answer was lost is found again by its rate, and not paid for twice. Staff only.
 *
 * @throws DomainError `unavailable` when Shippo is off or away, or the carrier has not made it yet: send it again; `conflict` while the
 * same request is under way; `no_shipping` with `reason` when the carrier does not take it: a corrected request needs an id of its own
 */
export async function buyLabel(ctx: Context, input: BuyLabel): Promise<ShippingLabel> {
  authorise(ctx, 'orders:fulfil');
  const claim = await ctx.transaction((tx) => claimRequest(tx, input));
  if (claim.label !== null) return claim.label;
  try {
    const bought = await labelFor(ctx, input, claim);
    return await ctx.transaction((tx) => noteBought(tx, claim.id, bought));
  } catch (error) {
    await release(ctx, claim.id, error);
    if (!(error instanceof OutsideError)) throw error;
    throw new DomainError('unavailable', error.message, { service: 'shippo' }, { cause: error });
  }
}

interface Claim {
  readonly id: string;
  /** The offer that was about to be bought before, if it came to that. */
  readonly rateId: string | null;
  readonly label: ShippingLabel | null;
}

async function claimRequest(tx: TransactionContext, input: BuyLabel): Promise<Claim> {
  const now = tx.clock.now();
  const times = { created_at: now, updated_at: now };
  const { requestId, orderId, service } = input;
  const made = await tx.db
    .insertInto('shipping_labels')
    .values({
      id: tx.ids.next(),
      request_id: requestId,
      order_id: orderId,
      status: 'buying',
      service,
      ...times,
    })
    .onConflict((conflict) => conflict.column('request_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id: made.id, rateId: null, label: null };
  const row = await tx.db
    .selectFrom('shipping_labels')
    .selectAll()
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.order_id !== orderId || row.service !== service) {
    throw new DomainError('conflict', 'the request was for something else before');
  }
  if (row.status === 'bought') return { id: row.id, rateId: null, label: labelOf(row) };
  if (row.status === 'failed') throw refusedBy(row.problem);
  if (now.getTime() - row.updated_at.getTime() < CLAIM_SECONDS * 1000) {
    throw new DomainError('conflict', 'the label is being bought');
  }
  await tx.db.updateTable('shipping_labels').set({ updated_at: now }).where('id', '=', row.id).execute();
  return { id: row.id, rateId: row.provider_rate_id, label: null };
}

const refusedBy = (problem: string | null) =>
  new DomainError('no_shipping', 'the carrier does not take it', { reason: problem ?? 'unknown' });

/** The transaction of a label: found where it was bought already, else bought now. */
async function labelFor(ctx: Context, input: BuyLabel, claim: Claim): Promise<LabelTransaction> {
  const found = claim.rateId === null ? null : await transactionOfRate(ctx, claim.rateId);
  if (found !== null) return found;
  const rateId = await offerFor(ctx, input);
  await ctx.db
    .updateTable('shipping_labels')
    .set({ provider_rate_id: rateId, updated_at: ctx.clock.now() })
    .where('id', '=', claim.id)
    .execute();
  return shippo(ctx).call({
    method: 'POST',
    path: '/transactions/',
    body: { rate: rateId, label_file_type: 'PDF_4x6', async: false, metadata: claim.id },
    answer: transaction,
    isSafe: false,
    budgetMs: JOB_MS,
  });
}

function shippo(ctx: Context) {
  if (ctx.services.shippo === null) throw new OutsideError('shippo', { kind: 'refused', code: 'off' });
  return ctx.services.shippo;
}

async function transactionOfRate(ctx: Context, rateId: string): Promise<LabelTransaction | null> {
  const { results } = await shippo(ctx).call({
    method: 'GET',
    path: `/transactions/?rate=${encodeURIComponent(rateId)}`,
    answer: z.object({ results: z.array(transaction) }),
    isSafe: true,
    budgetMs: JOB_MS,
  });
  return results.find((result) => result.status !== 'ERROR') ?? null;
}

/** A fresh offer of the service: the one that the shopper saw may have lapsed. */
async function offerFor(ctx: Context, input: BuyLabel): Promise<string> {
  const { shippo: config } = ctx.config;
  if (config === null) throw new OutsideError('shippo', { kind: 'refused', code: 'off' });
  const { to } = input;
  const recipient = {
    ...{ name: to.fullName, street1: to.line1, street2: to.line2, city: to.city, state: to.region },
    ...{ zip: to.postcode, country: to.country, phone: to.phone, email: input.email ?? '' },
  };
  const rates = await askRates(ctx, shipmentOf(config, recipient, input.weightGrams), input.currency);
  const offer = rates.find((rate) => rate.service === input.service);
  if (!offer) throw refusedBy('service_not_offered');
  return offer.rateId;
}

async function noteBought(
  tx: TransactionContext,
  id: string,
  bought: LabelTransaction,
): Promise<ShippingLabel> {
  if (bought.status === 'ERROR') throw refusedBy(bought.messages[0]?.code || 'unknown');
  if (bought.status !== 'SUCCESS' || !bought.label_url) {
    throw new OutsideError('shippo', { kind: 'away', code: 'not_ready' });
  }
  const row = await tx.db
    .updateTable('shipping_labels')
    .set({
      status: 'bought',
      provider_id: bought.object_id,
      label_url: bought.label_url,
      tracking_number: bought.tracking_number || null,
      tracking_url: bought.tracking_url_provider || null,
      updated_at: tx.clock.now(),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return labelOf(row);
}

/** A refusal is for good; after anything else the request may be sent again at once, as what was bought is found. */
async function release(ctx: Context, id: string, error: unknown): Promise<void> {
  const reason = error instanceof DomainError ? error.data.reason : undefined;
  await ctx.db
    .updateTable('shipping_labels')
    .set(
      typeof reason === 'string'
        ? { status: 'failed', problem: reason, updated_at: ctx.clock.now() }
        : { updated_at: new Date(0) },
    )
    .where('id', '=', id)
    .where('status', '=', 'buying')
    .execute();
}

function labelOf(row: {
  id: string;
  service: string;
  tracking_number: string | null;
  tracking_url: string | null;
  label_url: string | null;
}): ShippingLabel {
  return {
    id: row.id,
    service: row.service,
    trackingNumber: row.tracking_number,
    trackingUrl: row.tracking_url,
    labelUrl: row.label_url ?? '',
  };
}
