import type { Domain } from '@souk/domain/app';
import type { CheckoutFacts, OrderFacts, PaymentFacts, ShopBooks } from './model.ts';

const orders = `
  select orders.id::text, orders.number, orders.email, orders.checkout_id::text as "checkoutId", orders.status,
    orders.payment_status as "paymentStatus", orders.currency,
    orders.total_amount - orders.gift_card_amount as "dueAmount",
    case when reservations.id is not null then jsonb_build_object(
      'status', reservations.status,
      'matchesLines', (
        select coalesce(jsonb_object_agg(variant_id, units), '{}')
        from (select variant_id, sum(quantity) as units from order_lines
          where order_id = orders.id group by variant_id) line
      ) = (
        select coalesce(jsonb_object_agg(variant_id, units), '{}')
        from (select variant_id, sum(quantity) as units from reservation_lines
          where reservation_id = reservations.id group by variant_id) line
      )
    ) end as reservation
  from orders left join reservations on reservations.id = orders.reservation_id
  order by orders.number`;

const payments = `
  select order_id::text as "orderId", checkout_id::text as "checkoutId", method, status, intent_id as "intentId",
    captured_amount as "capturedAmount", refunded_amount as "refundedAmount"
  from payments`;

const checkouts = 'select id::text, status from checkouts';

/** What the shop's tables say of its orders and their money, at one moment. */
export async function readShopBooks({ pool }: Pick<Domain, 'pool'>): Promise<ShopBooks> {
  const client = await pool.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const books = {
      orders: (await client.query<OrderFacts>(orders)).rows,
      payments: (await client.query<PaymentFacts>(payments)).rows,
      checkouts: (await client.query<CheckoutFacts>(checkouts)).rows,
    };
    await client.query('commit');
    return books;
  } finally {
    client.release();
  }
}
