import { type Kysely, sql } from 'kysely';

/** What the checkout in full keeps. Columns of the first release stay: it runs beside this one for a while. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table checkouts
      add column region_id uuid references regions,
      -- one of those that were quoted; of the shop's own methods the id
      add column shipping_option_id text,
      add column vat_id text,
      add column note text not null default '',
      add column gift_message text not null default '',
      add column locale text not null default 'en',
      -- how it is paid, with what the provider gave for it: never a card's number
      add column payment_choice jsonb,
      -- the provider's hosted page, while the shopper is there
      add column payment_session_id text unique,
      drop constraint checkouts_payment_method_check,
      add constraint checkouts_payment_method_check check (payment_method in
        ('card', 'hosted', 'bank_transfer', 'invoice', 'pay_link', 'cash_on_collection', 'gift_card')),
      drop constraint checkouts_check,
      add constraint checkouts_placing check (status <> 'placing' or (frozen is not null and placing_since is not null));
    update checkouts set shipping_option_id = shipping_rate_id::text where shipping_rate_id is not null;
  `.execute(db);
}
