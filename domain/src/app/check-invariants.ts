import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';
import { verifyOrders } from '../orders/index.ts';

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
          coalesce(sum(line.quantity) filter (where reservation.status = 'held'), 0) as reserved,
          coalesce(sum(line.quantity) filter (where reservation.status = 'allocated'), 0) as allocated
        from reservation_lines line join reservations reservation on reservation.id = line.reservation_id
        group by line.variant_id, line.location_id
      ) promised using (variant_id, location_id)
      where (level.reserved, level.allocated)
        <> (coalesce(promised.reserved, 0), coalesce(promised.allocated, 0))`,
  },
  {
    claim: 'as many units wait for stock as are missing where it is sold ahead',
    breaches: `
      select level.variant_id::text as id
      from stock_levels level
      left join (
        select line.variant_id, line.location_id, sum(line.backordered) as units
        from reservation_lines line join reservations reservation on reservation.id = line.reservation_id
        where reservation.status in ('held', 'allocated')
        group by line.variant_id, line.location_id
      ) waiting using (variant_id, location_id)
      where coalesce(waiting.units, 0) <> greatest(0, level.reserved + level.allocated - level.on_hand)`,
  },
  {
    claim: 'the lines of each order add up to its totals',
    breaches: `
      select orders.number as id
      from orders join order_lines line on line.order_id = orders.id
      group by orders.id
      having sum(line.unit_amount * line.quantity) <> orders.subtotal_amount
        or sum(line.discount_amount) <> orders.discount_amount
        or sum(line.tax_amount) > orders.tax_amount
        or bool_or(line.prices_include_tax <> orders.prices_include_tax)`,
  },
  {
    claim: 'the ledger of gift cards adds up to what is on them and what is held',
    breaches: `
      select card.id::text as id
      from gift_cards card left join (
        select gift_card_id, sum(balance_delta) as balance, sum(held_delta) as held
        from gift_card_entries group by gift_card_id
      ) ledger on ledger.gift_card_id = card.id
      where (card.balance_amount, card.held_amount) <> (coalesce(ledger.balance, 0), coalesce(ledger.held, 0))`,
  },
  {
    claim: 'what is held of gift cards is what checkouts hold',
    breaches: `
      select card.id::text as id
      from gift_cards card left join (
        select line.gift_card_id, sum(line.amount) as held
        from redemption_gift_cards line join redemptions redemption using (checkout_id)
        where redemption.status = 'held' group by line.gift_card_id
      ) checkouts on checkouts.gift_card_id = card.id
      where card.held_amount <> coalesce(checkouts.held, 0)`,
  },
  {
    claim: 'what gift cards pay for an order that stands was taken off them',
    breaches: `
      select orders.number as id
      from orders left join (
        select redemption.order_id, sum(line.amount) as amount
        from redemption_gift_cards line join redemptions redemption using (checkout_id)
        where redemption.status = 'used' group by redemption.order_id
      ) redeemed on redeemed.order_id = orders.id
      where orders.status <> 'cancelled' and orders.gift_card_amount <> coalesce(redeemed.amount, 0)`,
  },
  {
    claim: 'limited promotions and codes count the uses that there are',
    breaches: `
      with line as (
        select line.promotion_id, line.code_id
        from redemption_promotions line join redemptions redemption using (checkout_id)
        where redemption.status <> 'released'
      )
      select id::text from promotions
      where max_uses is not null
        and used_count <> (select count(*) from line where line.promotion_id = promotions.id)
      union all select id::text from promotion_codes
      where max_uses is not null
        and used_count <> (select count(*) from line where line.code_id = promotion_codes.id)`,
  },
  {
    claim: 'the numbers of invoices and credit notes have no gap',
    breaches: `
      select series as id from document_series left join order_documents document using (series)
      group by series, last_serial having count(document.id) <> last_serial or max(document.serial) <> last_serial`,
  },
  {
    claim:
      'each order that stands has one payment of what gift cards leave, captured exactly when it counts as paid',
    breaches: `
      select orders.number as id
      from orders left join payments payment on payment.order_id = orders.id
      where orders.status <> 'cancelled' and (
        payment.amount is distinct from orders.total_amount - orders.gift_card_amount
        or (orders.payment_status in ('paid', 'partially_refunded', 'refunded')) <> (payment.status = 'captured'))`,
  },
  {
    claim: 'money counts as taken exactly where some was',
    breaches: `
      select id::text from payments
      where (status = 'captured') <> (captured_amount > 0 or (status = 'captured' and amount = 0))`,
  },
  {
    claim: 'what went back of each payment is the sum of its refunds',
    breaches: `
      select payment.id::text as id
      from payments payment left join (
        select payment_id, sum(amount) as amount
        from payment_refunds where status <> 'failed' group by payment_id
      ) refunds on refunds.payment_id = payment.id
      where payment.refunded_amount <> coalesce(refunds.amount, 0)`,
  },
  {
    claim: 'nobody is charged without an order',
    breaches: `select intent_id as id from payments where captured_amount > refunded_amount and order_id is null`,
  },
  {
    claim: 'a checkout is placed exactly when it has an order',
    breaches: `
      select checkouts.id::text as id
      from checkouts left join orders on orders.checkout_id = checkouts.id
      where (checkouts.status = 'placed') <> (orders.id is not null)`,
  },
];

export interface InvariantReport {
  readonly claim: string;
  readonly breaches: number;
  /** The first ids that breach it. */
  readonly examples: readonly string[];
}

/** Checks every invariant of stock and money on one snapshot of the data. */
export async function checkInvariants(ctx: Context): Promise<InvariantReport[]> {
  return ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const reports: InvariantReport[] = [];
      for (const { claim, breaches } of invariants) {
        const { rows } = await sql.raw<{ id: string }>(breaches).execute(snapshot);
        reports.push({ claim, breaches: rows.length, examples: rows.slice(0, 3).map(({ id }) => id) });
      }
      const mismatches = await verifyOrders({ ...ctx, db: snapshot });
      reports.push({
        claim: 'each order shows what its history adds up to',
        breaches: mismatches.length,
        examples: mismatches.slice(0, 3).map(({ number, differs }) => `${number}: ${differs.join(', ')}`),
      });
      return reports;
    });
}
