import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id uuid primary key,
      -- trimmed and lower-cased; null once erased
      email text unique check (email = lower(trim(email))),
      name text not null default '',
      -- argon2id in PHC form; null: logs in by a provider or a passkey only
      password_hash text,
      password_changed_at timestamptz,
      locale text not null default 'en',
      status text not null default 'active' check (status in ('active', 'disabled', 'erased')),
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (status = 'erased' or email is not null),
      check (status <> 'erased' or (email is null and password_hash is null))
    );
    create index users_by_time on users (created_at desc, id);

    create table user_roles (
      user_id uuid not null references users on delete cascade,
      role text not null check (role in
        ('support', 'catalogue_manager', 'admin', 'super_admin', 'seller_owner', 'seller_staff')),
      seller_id uuid references sellers on delete cascade,
      granted_at timestamptz not null,
      unique nulls not distinct (user_id, role, seller_id),
      check ((seller_id is not null) = (role in ('seller_owner', 'seller_staff')))
    );
    create index user_roles_by_seller on user_roles (seller_id) where seller_id is not null;
    create index user_roles_by_role on user_roles (role);

    create table sessions (
      -- SHA-256 of the token, base64url: the token itself is nowhere
      token_hash text primary key,
      -- what lists show and what is ended by
      id uuid not null unique,
      user_id uuid not null references users on delete cascade,
      kind text not null check (kind in ('web', 'mobile')),
      created_at timestamptz not null,
      -- when who it is was last proven
      authenticated_at timestamptz not null,
      last_seen_at timestamptz not null,
      idle_seconds integer not null check (idle_seconds > 0),
      expires_at timestamptz not null,
      absolute_expires_at timestamptz not null,
      device text not null default '',
      network text not null default '',
      check (expires_at <= absolute_expires_at)
    );
    create index sessions_by_user on sessions (user_id, last_seen_at desc);
    create index sessions_to_sweep on sessions (expires_at);

    create table refresh_tokens (
      token_hash text primary key,
      session_id uuid not null references sessions (id) on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index refresh_tokens_by_session on refresh_tokens (session_id);

    -- links, second steps, challenges: each works once
    create table one_time_tokens (
      token_hash text primary key,
      purpose text not null,
      user_id uuid references users on delete cascade,
      -- sealed: a copy of the database tells nothing
      payload text not null,
      attempts integer not null default 0,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index one_time_tokens_by_user on one_time_tokens (user_id, purpose);
    create index one_time_tokens_to_sweep on one_time_tokens (expires_at);

    create table login_throttles (
      -- a keyed hash of whom or where
      key text primary key,
      -- they fade with time, so there are parts of them
      failures double precision not null,
      allowed_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index login_throttles_to_sweep on login_throttles (updated_at);

    create table totp_credentials (
      user_id uuid primary key references users on delete cascade,
      secret text not null,
      confirmed_at timestamptz,
      -- the time step of the code that was last taken: no code works twice
      last_step bigint not null default 0,
      created_at timestamptz not null
    );

    create table recovery_codes (
      user_id uuid not null references users on delete cascade,
      code_hash text not null,
      used_at timestamptz,
      primary key (user_id, code_hash)
    );

    create table passkeys (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      credential_id text not null unique,
      public_key bytea not null,
      sign_count bigint not null,
      transports text[] not null default '{}',
      is_backed_up boolean not null,
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    );
    create index passkeys_by_user on passkeys (user_id);

    create table oauth_accounts (
      provider text not null,
      subject text not null,
      user_id uuid not null references users on delete cascade,
      email text not null,
      created_at timestamptz not null,
      primary key (provider, subject),
      unique (user_id, provider)
    );

    create table api_keys (
      id uuid primary key,
      name text not null,
      -- its first characters, to know it by
      prefix text not null,
      key_hash text not null unique,
      scopes text[] not null,
      created_by uuid not null references users on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    create index api_keys_by_creator on api_keys (created_by);

    create table audit_log (
      id uuid primary key,
      occurred_at timestamptz not null,
      actor_kind text not null,
      actor_id text not null,
      action text not null,
      target_kind text not null,
      target_id text not null,
      before jsonb,
      after jsonb,
      network text not null default '',
      device text not null default '',
      request_id text not null default ''
    );
    create index audit_log_by_time on audit_log (occurred_at desc, id desc);
    create index audit_log_by_actor on audit_log (actor_id, occurred_at desc, id desc);
    create index audit_log_by_target on audit_log (target_id, occurred_at desc, id desc);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end $$;
    create trigger audit_log_is_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_change();
  `.execute(db);
}
