-- Keys that seal personal content, the register of sealed files, uploads on their way in, and the keyed search index. Nothing here is readable without the master key.
create table data_key (
  id uuid primary key, wrapped bytea, master_version int, made_at timestamptz not null default now(), destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null) and (wrapped is null) = (master_version is null)),
  -- The root of all derived keys can be rewrapped, never destroyed.
  check (id <> '00000000-0000-7000-8000-000000000000' or destroyed_at is null));
create index data_key_master on data_key (master_version, id) where destroyed_at is null;
create index data_key_destroyed on data_key (destroyed_at) where destroyed_at is not null;
create function stays_destroyed() returns trigger language plpgsql as $$
begin
  raise exception 'data key % was destroyed and stays so', old.id using errcode = 'LH002';
end $$;
create trigger stays_destroyed before update on data_key for each row when (old.destroyed_at is not null) execute function stays_destroyed();

-- One row a file in the store, written before the file is, so that a process that dies between leaves nothing unknown (stored_at is null: not yet, or never).
create table blob (
  id uuid primary key, data_key_id uuid not null references data_key, cipher_hash bytea not null unique check (length(cipher_hash) = 32), cipher_bytes bigint not null,
  plain_hmac bytea not null, bytes bigint not null, type text not null, pages int, made_at timestamptz not null, stored_at timestamptz, removed_at timestamptz);
create index blob_plain on blob (plain_hmac);
create index blob_key on blob (data_key_id) where removed_at is null;
create index blob_unfinished on blob (made_at) where stored_at is null and removed_at is null;

create table upload (
  id uuid primary key, account_id uuid not null, employer_id uuid not null, application_id uuid, slot text not null, form text, translation boolean not null default false,
  data_key_id uuid not null references data_key, name bytea not null, rules jsonb not null, declared bigint not null check (declared > 0), received bigint not null default 0 check (received between 0 and declared),
  state text not null check (state in ('receiving', 'stored', 'refused', 'attached', 'cancelled')), faults jsonb not null default '[]', checks jsonb not null default '[]',
  source_blob_id uuid references blob, blob_id uuid references blob, width int, height int, made_at timestamptz not null, touched_at timestamptz not null, expires_at timestamptz,
  check (state not in ('stored', 'attached') or blob_id is not null), check ((expires_at is null) = (state in ('attached', 'cancelled'))));
create index upload_application on upload (application_id, made_at) where state <> 'cancelled';
create index upload_open on upload (employer_id) where state in ('receiving', 'stored', 'refused');
create index upload_expires on upload (expires_at) where expires_at is not null;
create index upload_blob on upload (blob_id);
create table upload_part (
  upload_id uuid not null references upload, at_byte bigint not null, bytes int not null check (bytes > 0), cipher_hash bytea not null, plain_hmac bytea not null,
  made_at timestamptz not null, stored_at timestamptz, primary key (upload_id, cipher_hash));
create unique index upload_part_once on upload_part (upload_id, at_byte) where stored_at is not null;

create table search_token (
  owner_kind text not null, owner_id uuid not null, office_id uuid not null, tokens bytea[] not null, primary key (owner_kind, owner_id, office_id));
create index search_token_words on search_token using gin (tokens);

grant select, insert on data_key to laihua_app;
grant update (wrapped, master_version, destroyed_at) on data_key to laihua_app;
grant select, insert on blob to laihua_app;
grant update (stored_at, removed_at) on blob to laihua_app;
grant select, insert, update on upload to laihua_app;
grant select, insert, update, delete on upload_part to laihua_app;
grant select, insert, update, delete on search_token to laihua_app;
