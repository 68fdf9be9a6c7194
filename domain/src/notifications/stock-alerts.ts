import { sql } from 'kysely';
import { z } from 'zod';
import { sellableVariants } from '../catalog/index.ts';
import { countAlertAsked, emailAddress } from '../identity/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { authorise, type Context, DomainError, signValue, verifyValue } from '../kernel/index.ts';

/** The most things that somebody may wait for. */
export const MAX_ALERTS = 50;

const PURPOSE = 'stock-alert';

export const stockAlertInput = z.strictObject({
  variantId: z.uuid(),
  /** Of a guest; who is logged in is told at their own address. */
  email: emailAddress.nullable().default(null),
});

/** Whose alerts: an account's, or an address's. */
type Owner = { user_id: string; email: null } | { user_id: null; email: string };

/**
 * Notes that somebody wants one mail when a variant can be bought again. Asking twice is asking once. A guest's address is not
 * proven first: whoever it belongs to gets one mail, with a link that stops all others.
 *
 * @param input.locale the language of the mail
 * @returns `in_stock` when it can be bought now: then nothing is noted
 * @throws DomainError `invalid_input` without an address, `product_unavailable`, `limit_reached` with `{ limit }`, `rate_limited`
 */
export async function askForStockAlert(
  ctx: Context,
  input: z.infer<typeof stockAlertInput> & { locale: string },
): Promise<{ outcome: 'waiting' | 'in_stock' }> {
  authorise(ctx, 'catalog:read');
  const owner = ownerOf(ctx, input.email);
  await countAlertAsked(ctx, { email: owner.email ?? owner.user_id });
  const [variant] = await sellableVariants(ctx, [input.variantId]);
  if (!variant?.isForSale) {
    throw new DomainError('product_unavailable', `variant ${input.variantId} is not for sale`);
  }
  const id = await insertAlert(ctx, owner, input);
  // looked at after the alert is there: stock that comes at this moment is seen here, or by who mails
  const stock = await availabilityOf(ctx, [input.variantId]);
  if ((stock.get(input.variantId) ?? 0) === 0) return { outcome: 'waiting' };
  await ctx.db.deleteFrom('stock_alerts').where('id', '=', id).where('mailed_at', 'is', null).execute();
  return { outcome: 'in_stock' };
}

function ownerOf(ctx: Context, email: string | null): Owner {
  if (ctx.actor.kind === 'user') return { user_id: ctx.actor.id, email: null };
  if (email !== null) return { user_id: null, email };
  const message = 'Enter an e-mail address, such as name@example.com';
  throw new DomainError('invalid_input', `email: ${message}`, { fields: { email: message } });
}

/** Those who ask at once may pass the limit by as many: it keeps out floods. */
async function insertAlert(
  ctx: Context,
  owner: Owner,
  input: { variantId: string; locale: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into stock_alerts (id, variant_id, user_id, email, locale, created_at)
    select ${ctx.ids.next()}::uuid, ${input.variantId}::uuid, ${owner.user_id}::uuid, ${owner.email}::text,
      ${input.locale.slice(0, 35)}, ${ctx.clock.now()}::timestamptz
    where (
      select count(*) from stock_alerts
      where (user_id = ${owner.user_id}::uuid or email = ${owner.email}::text) and mailed_at is null
        and variant_id <> ${input.variantId}::uuid
    ) < ${MAX_ALERTS}::int
    on conflict (${sql.ref(owner.email === null ? 'user_id' : 'email')}, variant_id) where mailed_at is null
      do update set locale = excluded.locale
    returning id
  `.execute(ctx.db);
  const [row] = rows;
  if (row) return row.id;
  throw new DomainError('limit_reached', 'too many alerts', { limit: MAX_ALERTS });
}

/** The link in the mail of an alert that stops them all. */
export function stopAlertsUrl(ctx: Pick<Context, 'config'>, alertId: string): string {
  return `${ctx.config.shop.url}/stock-alerts/${signValue(ctx.config.secrets, PURPOSE, alertId)}`;
}

async function ownerByToken(ctx: Context, token: string): Promise<Owner> {
  const id = z.uuid().safeParse(verifyValue(ctx.config.secrets, PURPOSE, token));
  const row =
    id.success &&
    (await ctx.db
      .selectFrom('stock_alerts')
      .select(['user_id', 'email'])
      .where('id', '=', id.data)
      .executeTakeFirst());
  if (row && row.user_id !== null) return { user_id: row.user_id, email: null };
  if (row && row.email !== null) return { user_id: null, email: row.email };
  throw new DomainError('token_invalid', 'no alert has this token');
}

function waitingOf(owner: Owner) {
  return owner.email === null
    ? sql<boolean>`user_id = ${owner.user_id}::uuid`
    : sql<boolean>`email = ${owner.email}`;
}

/**
 * How many things somebody still waits for, by the link in a mail.
 *
 * @throws DomainError `token_invalid` when the link is none of ours, or a month has gone by
 */
export async function stockAlertsByToken(
  ctx: Context,
  input: { token: string },
): Promise<{ waiting: number }> {
  const owner = await ownerByToken(ctx, input.token);
  const row = await ctx.db
    .selectFrom('stock_alerts')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where(waitingOf(owner))
    .where('mailed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { waiting: row.waiting };
}

/** Stops all alerts of who got a mail, by its link. Doing it again does no harm. @throws DomainError `token_invalid` */
export async function stopStockAlerts(ctx: Context, input: { token: string }): Promise<void> {
  const owner = await ownerByToken(ctx, input.token);
  await ctx.db.deleteFrom('stock_alerts').where(waitingOf(owner)).where('mailed_at', 'is', null).execute();
}
