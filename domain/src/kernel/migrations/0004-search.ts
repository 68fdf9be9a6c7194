import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- what the search engine holds, kept here too: the fallback answers from it and a rebuild reads it
    create table search_documents (
      product_id uuid primary key references products on delete cascade,
      document jsonb not null,
      words tsvector not null,
      title text not null,
      category_slugs text[] not null,
      brand text,
      colours text[] not null,
      price_amount bigint not null,
      currency char(3) not null,
      is_in_stock boolean not null,
      published_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index search_documents_by_words on search_documents using gin (words);
    create index search_documents_by_title on search_documents using gin (title gin_trgm_ops);
    create index search_documents_by_category on search_documents using gin (category_slugs);
    create index search_documents_by_colour on search_documents using gin (colours);
    create index search_documents_by_brand on search_documents (brand);
    create index search_documents_by_price on search_documents (price_amount, product_id);
    create index search_documents_by_published on search_documents (published_at desc, product_id);
  `.execute(db);
}
