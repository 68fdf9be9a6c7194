import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/**
 * What is wrong with stock and orders, by the design's invariants: an empty list when they hold.
 */
export async function brokenInvariants(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ problem: string }>`
    select 'level of ' || level.variant_id || ' is not the sum of its ledger' as problem
    from stock_levels level
    left join (
      select variant_id, location_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved,
        sum(allocated_delta) as allocated
      from stock_movements group by variant_id, location_id
    ) ledger using (variant_id, location_id)
    where (level.on_hand, level.reserved, level.allocated)
      is distinct from (coalesce(ledger.on_hand, 0), coalesce(ledger.reserved, 0), coalesce(ledger.allocated, 0))
    union all
    select 'level of ' || level.variant_id || ' is not the sum of its reservations'
    from stock_levels level
    left join (
      select line.variant_id, line.location_id,
        coalesce(sum(line.quantity) filter (where reservation.status = 'held'), 0) as reserved,
        coalesce(sum(line.quantity) filter (where reservation.status = 'allocated'), 0) as allocated
      from reservation_lines line join reservations reservation on reservation.id = line.reservation_id
      group by line.variant_id, line.location_id
    ) promised using (variant_id, location_id)
    where (level.reserved, level.allocated)
      is distinct from (coalesce(promised.reserved, 0), coalesce(promised.allocated, 0))
    union all
    select 'order ' || orders.number || ' does not add up'
    from orders
    join (
      select order_id, sum(unit_amount * quantity) as subtotal, sum(discount_amount) as discount, sum(tax_amount) as tax
      from order_lines group by order_id
    ) line on line.order_id = orders.id
    where orders.subtotal_amount <> line.subtotal or orders.discount_amount <> line.discount
      or orders.tax_amount < line.tax
    union all
    select 'order ' || orders.number || ' and its payment disagree'
    from orders left join payments on payments.order_id = orders.id
    where payments.id is null or payments.amount <> orders.total_amount
      or (orders.payment_status = 'paid') <> (payments.status = 'captured')
    union all
    select 'checkout ' || checkouts.id || ' is placed without an order'
    from checkouts left join orders on orders.checkout_id = checkouts.id
    where (checkouts.status = 'placed') <> (orders.id is not null)
  `.execute(ctx.db);
  return rows.map((row) => row.problem);
}
