import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table addresses (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      full_name text not null,
      line1 text not null,
      line2 text not null default '',
      city text not null,
      region text not null default '',
      postcode text not null default '',
      country char(2) not null,
      -- E.164, or empty
      phone text not null default '',
      created_at timestamptz not null,
      updated_at timestamptz not null,
      unique (user_id, id)
    );

    create table customers (
      user_id uuid primary key references users on delete cascade,
      -- E.164, or empty
      phone text not null default '',
      -- null: the shop's own
      currency char(3),
      mail_opt_ins text[] not null default '{}',
      default_shipping_address_id uuid,
      default_billing_address_id uuid,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      -- nobody's default is somebody else's address
      foreign key (user_id, default_shipping_address_id) references addresses (user_id, id)
        on delete set null (default_shipping_address_id),
      foreign key (user_id, default_billing_address_id) references addresses (user_id, id)
        on delete set null (default_billing_address_id)
    );

    create table wishlists (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      name text not null,
      is_shared boolean not null default false,
      -- a share link holds it: a new one makes older links void
      share_serial integer not null default 0,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create unique index wishlists_by_name on wishlists (user_id, lower(name));

    create table wishlist_items (
      wishlist_id uuid not null references wishlists on delete cascade,
      variant_id uuid not null references variants on delete cascade,
      added_at timestamptz not null,
      primary key (wishlist_id, variant_id)
    );
    create index wishlist_items_by_variant on wishlist_items (variant_id);

    create table recently_viewed (
      user_id uuid not null references users on delete cascade,
      product_id uuid not null references products on delete cascade,
      viewed_at timestamptz not null,
      primary key (user_id, product_id)
    );
    create index recently_viewed_by_time on recently_viewed (user_id, viewed_at desc);
    create index recently_viewed_by_product on recently_viewed (product_id);

    -- null: a guest, or somebody whose account is gone
    alter table checkouts add column user_id uuid references users on delete set null;
    create index checkouts_by_user on checkouts (user_id) where user_id is not null;
    alter table orders add column user_id uuid references users on delete set null;
    create index orders_by_user on orders (user_id, placed_at desc, id) where user_id is not null;
    -- a guest's orders, for whoever proves later that the address is theirs
    create index orders_by_email on orders (lower(email)) where user_id is null;
    -- a guest's checkouts, for when somebody is erased whose address it is
    create index checkouts_by_email on checkouts (lower(email)) where email is not null;
    -- what the provider told of somebody's payments is emptied when they are erased
    create index payment_webhooks_by_intent on payment_webhooks (intent_id) where intent_id is not null;
  `.execute(db);
}
