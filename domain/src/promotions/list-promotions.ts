import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  currencyCode,
  decodeCursor,
  encodeCursor,
  type Money,
  money,
  moneyOf,
  type Page,
} from '../kernel/index.ts';
import { promotionCode, promotionStatus, promotionTrigger } from './model.ts';
import { type PromotionView, readPromotion, selectViews, viewOf } from './promotion-view.ts';

const place = z.tuple([z.coerce.date(), z.uuid()]);
const paging = { cursor: z.string().max(500).nullable().default(null) };

export const promotionFilter = z.strictObject({
  status: promotionStatus.nullable().default(null),
  trigger: promotionTrigger.nullable().default(null),
  ...paging,
  limit: z.int().min(1).max(100).default(50),
});

/** The promotions, the newest first. One statement. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listPromotions(
  ctx: Context,
  input: z.infer<typeof promotionFilter>,
): Promise<Page<PromotionView>> {
  authorise(ctx, 'promotions:manage');
  const { status, trigger } = input;
  const after = input.cursor === null ? null : decodeCursor(place, input.cursor);
  const rows = await selectViews(ctx)
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'active'))
    .$if(trigger !== null, (query) => query.where('trigger', '=', trigger ?? 'code'))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(promotion.created_at, promotion.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('promotion.created_at', 'desc')
    .orderBy('promotion.id', 'desc')
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map(viewOf);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > items.length && last ? encodeCursor([last.createdAt, last.id]) : null,
  };
}

export const codeFilter = z.strictObject({
  promotionId: z.uuid(),
  ...paging,
  limit: z.int().min(1).max(1_000).default(100),
});
export const codeView = promotionCode.extend({ createdAt: z.date() });

/** The codes of a promotion, in the order added. One statement. @throws DomainError `unauthenticated`, `forbidden`, `invalid_input` */
export async function listCodes(
  ctx: Context,
  input: z.infer<typeof codeFilter>,
): Promise<Page<z.infer<typeof codeView>>> {
  authorise(ctx, 'promotions:manage');
  const after = input.cursor === null ? null : decodeCursor(z.uuid(), input.cursor);
  const rows = await ctx.db
    .selectFrom('promotion_codes')
    .select(['id', 'code', 'max_uses', 'used_count', 'created_at'])
    .where('promotion_id', '=', input.promotionId)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      code: row.code,
      usesLeft: row.max_uses === null ? null : row.max_uses - row.used_count,
      createdAt: row.created_at,
    })),
    nextCursor: rows.length > shown.length && last ? encodeCursor(last.id) : null,
  };
}

export const promotionReportView = z.object({
  promotionId: z.uuid(),
  /** Orders that stand. */
  orders: z.int(),
  /** Checkouts that hold a use now. */
  held: z.int(),
  /** Orders that were cancelled, whose uses came back. */
  cancelled: z.int(),
  /** What it took off orders that stand, by currency; of gifts it is their worth. */
  discounts: z.array(money),
  /** The most used codes, at most 20. */
  codes: z.array(z.object({ code: z.string(), orders: z.int() })),
});
export type PromotionReport = z.infer<typeof promotionReportView>;

/** What became of a promotion. Three statements. @throws DomainError `unauthenticated`, `forbidden`, `not_found` */
export async function promotionReport(
  ctx: Context,
  input: { promotionId: string },
): Promise<PromotionReport> {
  authorise(ctx, 'promotions:manage');
  const { id: promotionId } = await readPromotion(ctx, input.promotionId);
  const { rows } = await sql<{
    currency: string;
    orders: number;
    held: number;
    cancelled: number;
    amount: number;
  }>`
    select redemption.currency,
      count(*) filter (where redemption.status = 'used')::int as orders,
      count(*) filter (where redemption.status = 'held')::int as held,
      count(*) filter (where redemption.status = 'released' and redemption.order_id is not null)::int as cancelled,
      coalesce(sum(line.amount) filter (where redemption.status = 'used'), 0)::bigint as amount
    from redemption_promotions line join redemptions redemption using (checkout_id)
    where line.promotion_id = ${promotionId}::uuid
    group by redemption.currency order by redemption.currency
  `.execute(ctx.db);
  const { rows: codes } = await sql<{ code: string; orders: number }>`
    select code.code, count(*)::int as orders
    from redemption_promotions line
    join redemptions redemption using (checkout_id) join promotion_codes code on code.id = line.code_id
    where line.promotion_id = ${promotionId}::uuid and redemption.status = 'used'
    group by code.id order by orders desc, code.code limit 20
  `.execute(ctx.db);
  const sum = (count: (row: (typeof rows)[number]) => number) =>
    rows.reduce((all, row) => all + count(row), 0);
  return {
    promotionId,
    orders: sum((row) => row.orders),
    held: sum((row) => row.held),
    cancelled: sum((row) => row.cancelled),
    discounts: rows.flatMap((row): Money[] =>
      row.amount > 0 ? [moneyOf(row.amount, currencyCode.parse(row.currency))] : [],
    ),
    codes,
  };
}
