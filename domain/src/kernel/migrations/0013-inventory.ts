import { type Kysely, sql } from 'kysely';

/**
 * Several locations, selling ahead of stock, and those who wait for it. The old release goes on: it sells from the main location, and
 * `allows_backorder` means to it what it meant; a limit that it does not know is kept by a trigger.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table locations
      add column country char(2) not null default 'US' check (country ~ '^[A-Z]{2}$'),
      -- where it delivers to; empty: everywhere
      add column countries text[] not null default '{}',
      -- among those equally near, the lower is taken first
      add column priority integer not null default 0,
      add column is_pickup boolean not null default false,
      add column is_active boolean not null default true,
      add column created_at timestamptz not null default now(),
      add column updated_at timestamptz not null default now(),
      add constraint locations_code_shape check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

    -- how a variant is sold when it is not there; without a row: not at all
    create table stock_policies (
      variant_id uuid primary key references variants on delete cascade,
      policy text not null check (policy in ('deny', 'backorder', 'preorder')),
      -- where what is sold ahead is expected
      location_id uuid not null references locations,
      -- units that may be promised above those on hand; null: any number
      unit_limit integer check (unit_limit >= 0),
      -- promised until it ships; null: nothing is promised
      lead_min_days integer check (lead_min_days >= 0),
      lead_max_days integer check (lead_max_days >= lead_min_days),
      release_at timestamptz,
      -- at so many units it counts as low; null: as the shop has it
      low_threshold integer check (low_threshold >= 0),
      updated_at timestamptz not null,
      check ((lead_min_days is null) = (lead_max_days is null)),
      check ((policy = 'preorder') = (release_at is not null))
    );
    create index stock_policies_to_release on stock_policies (release_at) where policy = 'preorder';
    create index stock_policies_by_location on stock_policies (location_id);

    -- with allows_backorder: how many more than on hand may be promised; null: any number
    alter table stock_levels add column backorder_limit integer check (backorder_limit >= 0);
    create index stock_levels_by_location on stock_levels (location_id);

    -- a limit may be lowered below what is promised already, so this is about what is promised anew
    create function stock_levels_refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'more than % units of variant % would be promised ahead', new.backorder_limit, new.variant_id
        using errcode = 'check_violation', constraint = 'stock_levels_backorder_limit', table = 'stock_levels';
    end $$;
    create trigger stock_levels_backorder_limit before update on stock_levels for each row
      when (new.reserved + new.allocated > new.on_hand + new.backorder_limit
        and new.reserved + new.allocated > old.reserved + old.allocated)
      execute function stock_levels_refuse();

    alter table reservation_lines
      -- of the quantity, what waits for stock to arrive
      add column backordered integer not null default 0 check (backordered between 0 and quantity);
    create index reservation_lines_backordered on reservation_lines (variant_id, location_id) where backordered > 0;

    alter table stock_movements
      add column reason text,
      drop constraint stock_movements_kind_check,
      add constraint stock_movements_kind_check check (kind in (
        'count', 'receive', 'transfer', 'adjust', 'reserve', 'release', 'allocate', 'deallocate', 'ship'
      )) not valid,
      add constraint stock_movements_adjusted_why check (kind <> 'adjust' or reason is not null) not valid;
    create index stock_movements_by_reference on stock_movements (reference_id) where reference_id is not null;

    -- what staff asked for, so that asking twice does it once; kept as long as the ledger, whose reference it is
    create table stock_requests (
      id uuid primary key,
      fingerprint text not null,
      created_at timestamptz not null
    );

    -- who wants to hear when a variant is back: an account, at the address that it has then, or an address
    create table stock_alerts (
      id uuid primary key,
      variant_id uuid not null references variants on delete cascade,
      user_id uuid references users on delete cascade,
      email text,
      locale text not null,
      created_at timestamptz not null,
      mailed_at timestamptz,
      check (num_nonnulls(user_id, email) = 1)
    );
    create unique index stock_alerts_once_a_user on stock_alerts (user_id, variant_id) where mailed_at is null;
    create unique index stock_alerts_once_an_email on stock_alerts (email, variant_id) where mailed_at is null;
    create index stock_alerts_by_user on stock_alerts (user_id) where user_id is not null;
    create index stock_alerts_by_email on stock_alerts (email) where email is not null;
    create index stock_alerts_waiting on stock_alerts (variant_id, created_at, id) where mailed_at is null;
    create index stock_alerts_by_variant on stock_alerts (variant_id);
    create index stock_alerts_to_drop on stock_alerts (mailed_at) where mailed_at is not null;
  `.execute(db);
}
