import { type Kysely, sql } from 'kysely';

/** The columns of tables that an order writes to which hold one of a few words. */
const words = {
  carts: { status: 'active,ordered,merged' },
  checkouts: {
    status: 'open,placing,placed,cancelled',
    payment_method: 'card,hosted,bank_transfer,invoice,pay_link,cash_on_collection,gift_card',
  },
  order_lines: { kind: 'item,gift', promise: 'in_stock,backorder,preorder' },
  orders: {
    status: 'placed,completed,cancelled',
    fulfilment_status: 'unfulfilled,fulfilled',
    payment_status: 'awaiting,authorised,paid,partially_refunded,refunded,voided',
    payment_method: 'card,bank_transfer,invoice,pay_link,cash_on_collection,gift_card',
  },
  payments: {
    status: 'created,awaiting,authorised,captured,cancelled',
    method: 'card,bank_transfer,invoice,pay_link,cash_on_collection,gift_card',
  },
  reservations: { status: 'held,allocated,released,expired' },
  stock_movements: { kind: 'count,receive,transfer,adjust,reserve,release,allocate,deallocate,ship' },
} as const;

/** What a shopper's request writes to costs less: the same is held to, and the same is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // what the worker has not yet handed to the subscribers of events
  await sql`create table event_outbox (position bigint primary key)`.execute(db);

  // most versions of a checkout have none of these
  await sql`
    alter table checkouts
      drop constraint checkouts_payment_intent_id_key,
      drop constraint checkouts_payment_session_id_key;
    create unique index checkouts_by_intent on checkouts (payment_intent_id) where payment_intent_id is not null;
    create unique index checkouts_by_session on checkouts (payment_session_id) where payment_session_id is not null;
    drop index checkouts_by_reservation;
    create unique index checkouts_by_reservation on checkouts (reservation_id) where reservation_id is not null;
  `.execute(db);

  // Postgres reads a constraint anew for each statement: one constant is read faster than a list of them
  for (const [table, columns] of Object.entries(words)) {
    for (const [column, list] of Object.entries(columns)) {
      const constraint = sql.id(`${table}_${column}_check`);
      await sql`
        alter table ${sql.id(table)} drop constraint ${constraint},
          add constraint ${constraint} check (${sql.id(column)} = any (${sql.lit(`{${list}}`)}::text[])) not valid
      `.execute(db);
      // older movements may be of kinds that are written no more
      if (table !== 'stock_movements') {
        await sql`alter table ${sql.id(table)} validate constraint ${constraint}`.execute(db);
      }
    }
  }
}
