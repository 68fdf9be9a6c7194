import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table prices (
      variant_id uuid not null references variants on delete cascade,
      currency char(3) not null,
      amount bigint not null check (amount >= 0),
      compare_at_amount bigint,
      updated_at timestamptz not null,
      primary key (variant_id, currency),
      check (compare_at_amount > amount)
    );

    create table locations (
      id uuid primary key,
      code text not null unique,
      name text not null
    );
    insert into locations (id, code, name)
    values ('01900000-0000-7000-8000-000000000002', 'main', 'Main warehouse');

    -- available = on_hand - reserved - allocated; the last check refuses to sell what is not there
    create table stock_levels (
      variant_id uuid not null references variants on delete cascade,
      location_id uuid not null references locations,
      on_hand integer not null default 0 check (on_hand >= 0),
      reserved integer not null default 0 check (reserved >= 0),
      allocated integer not null default 0 check (allocated >= 0),
      allows_backorder boolean not null default false,
      updated_at timestamptz not null,
      primary key (variant_id, location_id),
      constraint stock_levels_not_oversold check (allows_backorder or reserved + allocated <= on_hand)
    );

    create table reservations (
      id uuid primary key,
      -- the cart that they are held for: to it they count as available
      holder_id uuid not null,
      status text not null check (status in ('held', 'allocated', 'released', 'expired')),
      expires_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (status <> 'held' or expires_at is not null)
    );
    create index reservations_to_sweep on reservations (expires_at) where status = 'held';
    create index reservations_by_holder on reservations (holder_id) where status = 'held';

    create table reservation_lines (
      reservation_id uuid not null references reservations,
      variant_id uuid not null references variants,
      location_id uuid not null references locations,
      quantity integer not null check (quantity > 0),
      primary key (reservation_id, variant_id, location_id)
    );
    create index reservation_lines_by_variant on reservation_lines (variant_id);

    -- the ledger: append-only, and its sums are the levels
    create table stock_movements (
      position bigint generated always as identity primary key,
      variant_id uuid not null references variants on delete cascade,
      location_id uuid not null references locations,
      kind text not null check (kind in ('count', 'receive', 'reserve', 'release', 'allocate', 'deallocate', 'ship')),
      on_hand_delta integer not null default 0,
      reserved_delta integer not null default 0,
      allocated_delta integer not null default 0,
      reference_id uuid,
      actor text not null,
      occurred_at timestamptz not null,
      check (on_hand_delta <> 0 or reserved_delta <> 0 or allocated_delta <> 0)
    );
    create index stock_movements_by_variant on stock_movements (variant_id, location_id, position);
  `.execute(db);
}
