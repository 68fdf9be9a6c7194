import type { Domain } from '@souk/domain/app';

/** What must be true of the data at every moment, with a query for the ids where it is not. */
const invariants: readonly { claim: string; breaches: string }[] = [
  {
    claim: 'the stock ledger adds up to the stock levels',
    breaches: `
      select coalesce(level.variant_id, ledger.variant_id)::text as id
      from stock_levels level
      full join (
        select variant_id, location_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved,
          sum(allocated_delta) as allocated
        from stock_movements group by variant_id, location_id
      ) ledger using (variant_id, location_id)
      where (coalesce(level.on_hand, 0), coalesce(level.reserved, 0), coalesce(level.allocated, 0))
        <> (coalesce(ledger.on_hand, 0), coalesce(ledger.reserved, 0), coalesce(ledger.allocated, 0))`,
  },
  {
    claim: 'no more is promised than lies in stock',
    breaches: `
      select variant_id::text as id from stock_levels
      where not allows_backorder and reserved + allocated > on_hand`,
  },
  {
    claim: 'reserved and allocated units are those of the reservations',
    breaches: `
      select level.variant_id::text as id
      from stock_levels level
      left join (
        select line.variant_id, line.location_id,
          sum(line.quantity) filter (where reservation.status = 'held') as held
        from reservation_lines line join reservations reservation on reservation.id = line.reservation_id
        group by line.variant_id, line.location_id
      ) promised using (variant_id, location_id)
      where level.reserved <> coalesce(promised.held, 0)`,
  },
  {
    claim: 'the lines of each order add up to its totals',
    breaches: `
      select orders.number as id
      from orders join order_lines line on line.order_id = orders.id
      group by orders.id
      having sum(line.unit_amount * line.quantity) <> orders.subtotal_amount
        or sum(line.discount_amount) <> orders.discount_amount`,
  },
  {
    claim: 'each order that stands has one payment of its total',
    breaches: `
      select orders.number as id
      from orders left join payments payment on payment.order_id = orders.id
      where orders.status <> 'cancelled' and payment.amount is distinct from orders.total_amount`,
  },
  {
    claim: 'nobody is charged without an order',
    breaches: `select intent_id as id from payments where captured_amount > refunded_amount and order_id is null`,
  },
];

/** Checks every invariant on one snapshot of the data. */
export async function findBreaches(
  domain: Domain,
): Promise<{ claim: string; breaches: number; examples: string[] }[]> {
  const client = await domain.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const results = [];
    for (const { claim, breaches } of invariants) {
      const { rows } = await client.query<{ id: string }>(breaches);
      results.push({ claim, breaches: rows.length, examples: rows.slice(0, 3).map(({ id }) => id) });
    }
    return results;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
