import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists fuzzystrmatch;

    -- English stems with accents left out, so that "creme" finds "Crème"
    create text search configuration souk (copy = pg_catalog.english);
    alter text search configuration souk
      alter mapping for hword, hword_part, word with unaccent, english_stem;

    -- what the search engine holds, kept here too: the fallback answers from it and the engine is filled from it
    create table search_documents (
      product_id uuid primary key references products on delete cascade,
      document jsonb not null,
      words tsvector not null,
      category_slugs text[] not null,
      category_facets text[] not null,
      brand text,
      brand_facet text,
      colours text[] not null,
      price_amount bigint not null,
      is_in_stock boolean not null,
      published_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index search_documents_by_words on search_documents using gin (words);
    create index search_documents_by_category on search_documents using gin (category_slugs);
    create index search_documents_by_brand on search_documents (brand);

    -- products whose document the search engine does not hold yet as it stands above; no foreign key, for it also names
    -- products that are gone
    create table search_pending (
      product_id uuid primary key,
      -- a new one at each change: what was sent is only crossed off when it is still the newest
      mark uuid not null
    );

    -- the index that a rebuild fills beside the live one: changes go to both
    create table search_builds (
      index_uid text primary key,
      started_at timestamptz not null
    );

    -- every word of the documents, to correct spelling by
    create table search_words (
      word text primary key
    );
    create index search_words_by_shape on search_words (left(word, 1), length(word));
  `.execute(db);
}
