import { type Kysely, sql } from 'kysely';

/**
 * Where and to whom the shop sells at which prices. A shop starts with one region for each way of showing prices; from here on they are
 * data of the shop.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table regions (
      id uuid primary key,
      code text not null unique check (code ~ '^[a-z][a-z0-9-]*$'),
      name text not null,
      currency char(3) not null,
      -- whether prices shown include tax
      prices_include_tax boolean not null,
      countries text[] not null,
      position integer not null default 0,
      is_active boolean not null default true
    );
    insert into regions (id, code, name, currency, prices_include_tax, countries, position) values
      ('01900000-0000-7000-8000-000000000201', 'us', 'United States and worldwide', 'USD', false, '{US,CA,GB,DE,FR}', 10),
      ('01900000-0000-7000-8000-000000000202', 'eu', 'European Union', 'EUR', true,
       '{AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE}', 20);

    create table customer_groups (
      id uuid primary key,
      code text not null unique check (code ~ '^[a-z][a-z0-9-]*$'),
      name text not null,
      created_at timestamptz not null
    );
    create table customer_group_members (
      group_id uuid not null references customer_groups on delete cascade,
      user_id uuid not null references users on delete cascade,
      primary key (group_id, user_id)
    );
    create index customer_group_members_by_user on customer_group_members (user_id);

    -- prices that stand before those of the table prices: for some region, some group, some time
    create table price_lists (
      id uuid primary key,
      name text not null,
      currency char(3) not null,
      -- null: any
      region_id uuid references regions on delete cascade,
      group_id uuid references customer_groups on delete cascade,
      -- a sale strikes the usual price through; another list just stands instead of it
      is_sale boolean not null default false,
      starts_at timestamptz,
      ends_at timestamptz,
      -- the higher stands before the lower; among equals the lower price
      priority integer not null default 0,
      is_active boolean not null default true,
      -- up to when starts and ends have been told to those who keep prices, such as the search
      told_until timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (ends_at > starts_at)
    );
    create index price_lists_by_group on price_lists (group_id) where group_id is not null;
    create index price_lists_by_region on price_lists (region_id) where region_id is not null;
    create table price_list_prices (
      price_list_id uuid not null references price_lists on delete cascade,
      variant_id uuid not null references variants on delete cascade,
      amount bigint not null check (amount >= 0),
      primary key (price_list_id, variant_id)
    );
    create index price_list_prices_by_variant on price_list_prices (variant_id);

    -- The lowest price in each region, by its code, of whatever release wrote the document: null when it was one that knew no
    -- regions. Made of the document, so that an older worker beside us cannot leave it out of date.
    alter table search_documents add column prices jsonb generated always as (document -> 'prices') stored;
    create index search_documents_without_regions on search_documents (product_id) where prices is null;
  `.execute(db);
}
