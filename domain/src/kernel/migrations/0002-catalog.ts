import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists pg_trgm;
    create extension if not exists unaccent;

    create table sellers (
      id uuid primary key,
      slug text not null unique,
      name text not null,
      created_at timestamptz not null default now()
    );
    insert into sellers (id, slug, name) values ('01900000-0000-7000-8000-000000000001', 'house', 'Souk');

    create table brands (
      id uuid primary key,
      slug text not null unique,
      name text not null,
      created_at timestamptz not null default now()
    );
    create unique index brands_by_name on brands (lower(name));

    create table categories (
      id uuid primary key,
      parent_id uuid references categories,
      slug text not null unique,
      name text not null,
      description text not null default '',
      position integer not null default 0,
      created_at timestamptz not null default now(),
      check (parent_id <> id)
    );
    create index categories_by_parent on categories (parent_id);

    create table products (
      id uuid primary key,
      seller_id uuid not null references sellers,
      handle text not null unique check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      external_id text,
      title text not null check (title <> ''),
      description_html text not null default '',
      brand_id uuid references brands,
      category_id uuid references categories,
      tags text[] not null default '{}',
      tax_class text not null default 'standard',
      status text not null check (status in ('draft', 'published', 'archived')),
      seo_title text,
      seo_description text,
      content_hash text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      published_at timestamptz,
      check (status <> 'published' or published_at is not null)
    );
    create unique index products_by_external_id on products (seller_id, external_id) where external_id is not null;
    create index products_by_category on products (category_id);
    create index products_by_brand on products (brand_id);
    create index products_by_status on products (status, id);

    create table slug_redirects (
      kind text not null check (kind in ('product', 'category')),
      slug text not null,
      target_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (kind, slug)
    );
    create index slug_redirects_by_target on slug_redirects (target_id);

    create table product_options (
      id uuid primary key,
      product_id uuid not null references products on delete cascade,
      name text not null,
      position integer not null,
      unique (product_id, name),
      unique (product_id, position)
    );

    create table product_option_values (
      id uuid primary key,
      option_id uuid not null references product_options on delete cascade,
      value text not null,
      swatch text check (swatch ~ '^#[0-9a-f]{6}$'),
      position integer not null,
      unique (option_id, value)
    );

    create table media (
      id uuid primary key,
      product_id uuid not null references products on delete cascade,
      position integer not null,
      -- null while the picture is only known by its source
      storage_key text,
      source_url text,
      alt text not null default '',
      width integer check (width > 0),
      height integer check (height > 0),
      colour text check (colour ~ '^#[0-9a-f]{6}$'),
      created_at timestamptz not null default now(),
      unique (product_id, position),
      check (storage_key is not null or source_url is not null),
      check (storage_key is null or (width is not null and height is not null))
    );

    create table variants (
      id uuid primary key,
      product_id uuid not null references products on delete cascade,
      sku text not null unique check (sku <> ''),
      title text not null,
      barcode text,
      weight_grams integer not null default 0 check (weight_grams >= 0),
      media_id uuid references media on delete set null,
      position integer not null,
      is_active boolean not null default true,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index variants_by_product on variants (product_id, position);
    create unique index variants_by_title on variants (product_id, title) where is_active;
    create index variants_by_media on variants (media_id) where media_id is not null;

    create table variant_option_values (
      variant_id uuid not null references variants on delete cascade,
      option_id uuid not null references product_options on delete cascade,
      value_id uuid not null references product_option_values on delete cascade,
      primary key (variant_id, option_id)
    );
    create index variant_option_values_by_option on variant_option_values (option_id);
    create index variant_option_values_by_value on variant_option_values (value_id);

    create table attributes (
      id uuid primary key,
      key text not null unique check (key ~ '^[a-z][a-z0-9_]*$'),
      label text not null,
      type text not null check (type in ('text', 'number', 'boolean')),
      unit text,
      is_facet boolean not null default true,
      position integer not null default 0
    );

    create table product_attributes (
      product_id uuid not null references products on delete cascade,
      attribute_id uuid not null references attributes,
      position integer not null default 0,
      text_value text,
      number_value double precision,
      boolean_value boolean,
      primary key (product_id, attribute_id, position),
      check (num_nonnulls(text_value, number_value, boolean_value) = 1)
    );
    create index product_attributes_by_attribute on product_attributes (attribute_id);
  `.execute(db);
}
