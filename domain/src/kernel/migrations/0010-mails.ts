import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mails (
      id uuid primary key,
      template text not null,
      locale text not null,
      -- recipient and data, sealed: they hold links; emptied once sent
      sealed text,
      -- the same key twice is one mail
      key text unique,
      -- whose it is, to let go of it when they are erased
      user_id uuid references users on delete cascade,
      status text not null default 'queued' check (status in ('queued', 'sent', 'dead')),
      attempts integer not null default 0,
      last_error text,
      -- while somebody is at sending it; lapses when they die
      claimed_until timestamptz,
      created_at timestamptz not null,
      sent_at timestamptz,
      check ((status = 'sent') = (sent_at is not null)),
      check (status <> 'sent' or sealed is null)
    );
    create index mails_by_status on mails (status, created_at) where status <> 'sent';
    create index mails_by_sending on mails (sent_at) where status = 'sent';
    create index mails_claimed on mails (claimed_until) where claimed_until is not null;
    create index mails_by_user on mails (user_id) where user_id is not null;
  `.execute(db);
}
