-- The heart of the register: offices, packs, persons, employers, the append-only logs with their snapshots, clocks, papers, checks and access records.
create table policy_pack (
  hash text primary key, jurisdiction text not null, from_on date not null, parent_hash text references policy_pack, resolved text not null,
  proposed_by uuid not null, published_by uuid not null, published_at timestamptz not null default now(),
  unique (jurisdiction, from_on, published_at), check (proposed_by <> published_by));
create table calendar_year (
  hash text primary key, calendar text not null, year int not null, resolved text not null, published_at timestamptz not null default now());
create index calendar_year_of on calendar_year (calendar, year, published_at desc);

create table office (
  id uuid primary key, parent_id uuid references office, code text not null unique, name_zh text not null, name_en text not null,
  jurisdiction text not null, phone text not null default '');
create table office_capability (
  office_id uuid not null references office, item text not null, stage text not null, area text not null, tier text not null,
  primary key (item, stage, area, tier, office_id));

create table employer (
  id uuid primary key, data_key_id uuid not null references data_key, name_zh text not null, name_en text not null default '', credit_code text not null,
  area_code text not null default '', tier text not null default '', standing text not null check (standing in ('registering', 'approved', 'suspended', 'dissolved')),
  version int not null, head bytea not null, shape int not null, state jsonb not null, created_at timestamptz not null default now());
create unique index employer_code_once on employer (credit_code) where standing in ('approved', 'suspended');

create table person (id uuid primary key, data_key_id uuid not null references data_key, created_at timestamptz not null default now());
create table person_version (
  id uuid primary key, person_id uuid not null references person, version int not null, data_key_id uuid not null references data_key, sealed bytea not null,
  source_application_id uuid, at timestamptz not null default now(), unique (person_id, version));
create table person_alias (alias_id uuid primary key, person_id uuid not null references person, at timestamptz not null default now());
create table passport (
  id uuid primary key, person_id uuid not null references person, issuing_state text not null, number_blind bytea not null, sealed bytea not null,
  at timestamptz not null default now(), unique (issuing_state, number_blind));
create table permit_number (
  person_id uuid primary key references person, number_blind bytea not null unique, sealed bytea not null, simulated boolean not null, at timestamptz not null default now());
create table social_number (person_id uuid primary key references person, number_blind bytea not null unique, sealed bytea not null, at timestamptz not null default now());

create table application (
  id uuid primary key, case_no text not null unique, item text not null, subject text not null check (subject in ('person', 'employer')),
  employer_id uuid not null references employer, mandate_id uuid, person_id uuid references person, permit_id uuid, pack_hash text references policy_pack,
  stage text not null, returns_to text, office_id uuid references office, officer_id uuid, due_on date, waits_for text not null, class text, submitted_on date,
  data_key_id uuid not null references data_key, version int not null, head bytea not null, shape int not null, state jsonb not null,
  created_at timestamptz not null default now(), touched_at timestamptz not null default now(), ended_at timestamptz,
  -- Conservation of cases: every open filing has an office and a date at every instant.
  check (ended_at is not null or stage = 'draft' or (office_id is not null and due_on is not null)));
create index application_queue on application (office_id, stage, due_on, id) where ended_at is null;
create index application_employer on application (employer_id, due_on, id) where ended_at is null;
create index application_employer_all on application (employer_id, created_at desc);
create index application_person on application (person_id);
create unique index application_once_a_permit on application (permit_id, item) where ended_at is null and permit_id is not null;
create sequence case_serial;

create table permit (
  id uuid primary key, person_id uuid not null references person, employer_id uuid not null references employer, application_id uuid not null references application,
  office_id uuid not null references office, class text not null, standing text not null, verification text not null, valid_from date not null, valid_until date not null,
  due_on date, version int not null, head bytea not null, shape int not null, state jsonb not null, created_at timestamptz not null default now(), ended_at timestamptz);
create unique index permit_one_open on permit (person_id) where ended_at is null;
create index permit_employer on permit (employer_id, valid_until);
create index permit_window on permit (office_id, verification, due_on);
-- A grant writes the filing before the permit that it gives; both stand at commit.
alter table application add foreign key (permit_id) references permit deferrable initially deferred;

create table card (
  id uuid primary key, person_id uuid not null references person, account_id uuid, standing text not null, version int not null, head bytea not null, shape int not null, state jsonb not null,
  created_at timestamptz not null default now(), ended_at timestamptz);
create unique index card_one_open on card (person_id) where ended_at is null;

-- The four logs: same columns, insert and select only. `outcome` is the stored JSON text over which the hash runs.
do $$
declare log text; y int;
begin
  foreach log in array array['application_event', 'permit_event', 'card_event', 'employer_event'] loop
    execute format('create table %I (
      stream_id uuid not null, version int not null, type text not null, v int not null, at timestamptz not null, effective_at timestamptz not null,
      actor_id uuid not null, actor_person_id uuid not null, role text not null, office_id uuid, employer_id uuid, mandate_id uuid, level text not null,
      request_id text not null, command_id uuid not null, prev_hash bytea, hash bytea not null, outcome text not null,
      primary key (stream_id, version)) partition by range (stream_id)', log);
    -- UUIDv7 begins with 48 bits of milliseconds, so a range of ids is a range of time.
    for y in 2024..2035 loop
      execute format('create table %I partition of %I for values from (%L) to (%L)', log || '_' || y, log,
        (lpad(to_hex((extract(epoch from make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid,
        (lpad(to_hex((extract(epoch from make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid);
    end loop;
    execute format('create table %I partition of %I default', log || '_other', log);
    execute format('create index on %I using brin (at)', log);
  end loop;
end $$;

-- Each row names the hash of the one before it in the same stream; a gap or a second truth cannot be inserted.
create function chained() returns trigger language plpgsql as $$
declare before bytea;
begin
  if new.version = 1 then
    if new.prev_hash is not null then raise exception 'first event of % names a predecessor', new.stream_id using errcode = 'LH001'; end if;
    return new;
  end if;
  execute format('select hash from %I.%I where stream_id = $1 and version = $2', tg_table_schema, tg_argv[0]) into before using new.stream_id, new.version - 1;
  if before is null or before is distinct from new.prev_hash then raise exception 'event % of % does not follow the one before it', new.version, new.stream_id using errcode = 'LH001'; end if;
  return new;
end $$;
create trigger chained before insert on application_event for each row execute function chained('application_event');
create trigger chained before insert on permit_event for each row execute function chained('permit_event');
create trigger chained before insert on card_event for each row execute function chained('card_event');
create trigger chained before insert on employer_event for each row execute function chained('employer_event');

create table form_version (
  application_id uuid not null references application, version int not null, data_key_id uuid not null references data_key, sealed bytea not null, digest bytea not null,
  at timestamptz not null default now(), primary key (application_id, version));
create table note (
  id uuid primary key, application_id uuid not null references application, data_key_id uuid not null references data_key, sealed bytea not null,
  author_id uuid not null, audience text not null check (audience in ('office', 'filer')), pin jsonb, at timestamptz not null default now());
create index note_of on note (application_id, at);

create table clock (
  id uuid primary key, owner_kind text not null check (owner_kind in ('application', 'permit', 'employer')), owner_id uuid not null, code text not null, kind text not null, party text not null,
  due_on date not null, fires_at timestamptz, remind_at timestamptz, state text not null, provisional boolean not null, missed text not null);
create index clock_fires on clock (fires_at) where state = 'running' and fires_at is not null;
create index clock_reminds on clock (remind_at) where state = 'running' and remind_at is not null;
create index clock_owner on clock (owner_id);

create table command_receipt (
  actor_id uuid not null, command_id uuid not null, body_hash bytea not null, target uuid, version int, result jsonb, at timestamptz not null default now(),
  primary key (actor_id, command_id));
create table access_record (
  id uuid primary key, person_id uuid not null, actor_id uuid not null, actor_person_id uuid not null, role text not null, office_id uuid, employer_id uuid,
  purpose text not null, what text not null, how text not null check (how in ('listed', 'opened', 'checked')), request_id text not null, at timestamptz not null default now());
create index access_record_person on access_record (person_id, at desc);
create index access_record_actor on access_record (actor_id, at desc);

create table paper (
  id uuid primary key, owner_kind text not null, owner_id uuid not null, application_id uuid references application, kind text not null, number text not null unique,
  pack_hash text not null references policy_pack, data_key_id uuid not null references data_key, model bytea not null, blob_id uuid, state text not null check (state in ('pending', 'issued')),
  made_at timestamptz not null default now(), issued_at timestamptz, replaced_by uuid references paper);
create index paper_owner on paper (owner_id, kind);
create index paper_application on paper (application_id);
create table paper_print (id uuid primary key, paper_id uuid not null references paper, actor_id uuid not null, role text not null, at timestamptz not null default now());
create table paper_serial (kind text not null, office_id uuid not null references office, year int not null, last int not null, primary key (kind, office_id, year));

create table check_code (
  code_hash bytea primary key, kind text not null check (kind in ('paper', 'live')), paper_id uuid references paper, permit_id uuid references permit,
  made_at timestamptz not null default now(), expires_at timestamptz, looks int not null default 0, last_look_at timestamptz);
create index check_code_permit on check_code (permit_id);
create table dispute (id uuid primary key, number text not null unique, permit_id uuid references permit, opened_at timestamptz not null default now(), kind text not null, data_key_id uuid references data_key, sealed bytea, state text not null default 'open');

create table visit (
  id uuid primary key, permit_id uuid not null references permit, office_id uuid not null references office, clerk_id uuid not null, presenter text not null check (presenter in ('holder', 'handler', 'agent')),
  data_key_id uuid not null references data_key, sealed bytea not null, opened_at timestamptz not null default now(), closed_at timestamptz);
create index visit_permit on visit (permit_id, opened_at);
create table face_attempt (
  id uuid primary key, card_id uuid not null references card, person_id uuid not null references person, session_hash bytea not null, challenge jsonb not null,
  made_at timestamptz not null default now(), expires_at timestamptz not null, used_at timestamptz, outcome text, advice text, score real, model text, judged_by uuid, judged_at timestamptz);
create index face_attempt_card on face_attempt (card_id, made_at desc);
create index face_attempt_officer on face_attempt (made_at) where outcome = 'officer' and judged_at is null;

create table notification (
  id uuid primary key, employer_id uuid references employer, person_id uuid references person, office_id uuid references office, account_id uuid, kind text not null,
  application_id uuid, permit_id uuid, due_on date, at timestamptz not null default now(), read_at timestamptz);
create index notification_employer on notification (employer_id, at desc);
create index notification_person on notification (person_id, at desc);
create index notification_office on notification (office_id, at desc);
create table quota (jurisdiction text not null, year int not null, category text not null, places int not null, reserved int not null default 0, used int not null default 0,
  primary key (jurisdiction, year, category), check (reserved >= 0 and used >= 0 and reserved + used <= places));
create table office_task (id uuid primary key, office_id uuid not null references office, kind text not null, application_id uuid, permit_id uuid, opened_at timestamptz not null default now(), closed_at timestamptz, closed_by uuid);
create index office_task_open on office_task (office_id, opened_at) where closed_at is null;

grant select on policy_pack, calendar_year, office, office_capability to laihua_app;
grant insert on policy_pack, calendar_year to laihua_app;
grant select, insert, update on employer, application, permit, card, clock, command_receipt, paper, paper_serial, check_code, dispute, visit, face_attempt, notification, quota, office_task to laihua_app;
grant select, insert on person, person_version, person_alias, passport, permit_number, social_number, form_version, note, access_record, paper_print to laihua_app;
grant select, insert on application_event, permit_event, card_event, employer_event to laihua_app;
grant usage on sequence case_serial to laihua_app;
-- The person row is the lock for all that touches a permit: locking needs the right to update one column, and this one never changes.
grant update (created_at) on person to laihua_app;
