-- Accounts, roles, web sessions, factors and the counters that slow guessing. No number, name or address in clear stands in a sign-in table but staff and handler display names.
create table account (
  id uuid primary key, person_id uuid not null, kind text not null check (kind in ('staff', 'handler', 'agency', 'holder')),
  audience text not null check (audience in ('office', 'employer', 'card')), display_name text,
  password_hash text, password_set_at timestamptz, language text not null default 'zh' check (language in ('zh', 'en')),
  created_at timestamptz not null, disabled_at timestamptz,
  check (audience = case kind when 'staff' then 'office' when 'holder' then 'card' else 'employer' end));
create index account_person on account (person_id);

-- Login names as keyed digests: unique in one audience. A holder may have two (permit number, social security number).
create table account_login (
  audience text not null, blind bytea not null check (length(blind) = 32), account_id uuid not null references account,
  kind text not null check (kind in ('name', 'permitNumber', 'socialNumber')), primary key (audience, blind));
create index account_login_of on account_login (account_id);

create table membership (
  id uuid primary key, account_id uuid not null references account, role text not null, office_id uuid references office, employer_id uuid references employer,
  mandate_id uuid, from_at timestamptz not null, until_at timestamptz, granted_by uuid, ended_by uuid,
  check (until_at is null or until_at >= from_at), check (office_id is null or employer_id is null),
  check ((role in ('handler', 'agencyStaff')) = (employer_id is not null)),
  check (role not in ('system', 'register')), check ((role = 'agencyStaff') = (mandate_id is not null)));
create unique index membership_once on membership (account_id, role, coalesce(office_id, employer_id, account_id), coalesce(mandate_id, account_id)) where until_at is null;
create index membership_office on membership (office_id, role) where until_at is null;
create index membership_employer on membership (employer_id) where until_at is null;

create table web_session (
  id_hash bytea primary key check (length(id_hash) = 32), audience text not null, account_id uuid not null references account,
  state text not null check (state in ('open', 'needsFactor', 'needsEnrolment')), level text not null check (level in ('password', 'twoFactor', 'passkey')),
  stepped_up_at timestamptz, csrf_secret text not null, created_at timestamptz not null, seen_at timestamptz not null,
  idle_until timestamptz not null, ends_at timestamptz not null, ended_at timestamptz, ended_because text, device text);
create index web_session_account on web_session (account_id) where ended_at is null;
create index web_session_old on web_session (ends_at);

-- Browsers that signed in wholly before: their owner still gets in while strangers guess at the same name.
create table known_device (
  token_hash bytea primary key check (length(token_hash) = 32), account_id uuid not null references account, since timestamptz not null, seen_at timestamptz not null);
create index known_device_of on known_device (account_id);

create table passkey (
  credential_id text primary key, account_id uuid not null references account, public_key bytea not null, counter bigint not null, transports text[] not null,
  device_type text not null, backed_up boolean not null, label text not null, created_at timestamptz not null, used_at timestamptz);
create index passkey_of on passkey (account_id);
create table passkey_challenge (
  id uuid primary key, challenge text not null, use text not null check (use in ('signIn', 'factor', 'stepUp', 'enrol')), audience text not null,
  session_hash bytea, account_id uuid, expires_at timestamptz not null, used_at timestamptz);
create index passkey_challenge_old on passkey_challenge (expires_at);
create table totp_factor (
  account_id uuid primary key references account, data_key_id uuid not null references data_key, sealed bytea not null, last_step bigint not null default 0,
  created_at timestamptz not null, confirmed_at timestamptz);

create table reset_token (
  token_hash bytea primary key check (length(token_hash) = 32), account_id uuid not null references account, issued_by uuid not null,
  made_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz, check (expires_at <= made_at + interval '10 minutes'));
create index reset_token_of on reset_token (account_id) where used_at is null;
create table first_administrator (
  single boolean primary key default true check (single), code_hash bytea not null, made_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz);

-- Counted in the database, so that any number of servers counts as one; lost in a crash of the database, which is no gain for a guesser.
create unlogged table limit_counter (
  key bytea primary key, started_at timestamptz not null, count int not null, last_at timestamptz not null, taken_by uuid);
create index limit_counter_old on limit_counter (last_at);

-- The fixed list of security events (ASVS 16.3). Ids and codes only.
create table security_event (
  id uuid primary key, at timestamptz not null, kind text not null check (kind in (
    'signedIn', 'signInFailed', 'signInDelayed', 'factorPassed', 'factorFailed', 'factorAdded', 'factorRemoved', 'steppedUp', 'stepUpFailed', 'signedOut', 'sessionsEnded',
    'passwordChanged', 'resetIssued', 'resetUsed', 'resetRefused', 'accountCreated', 'accountDisabled', 'accountEnabled', 'roleGranted', 'roleEnded',
    'firstAdministrator', 'demoSignIn', 'roleRefused', 'crossSiteRefused')),
  account_id uuid, by_account_id uuid, audience text, request_id text, code text check (code ~ '^[A-Za-z0-9.:-]{1,60}$'));
create index security_event_account on security_event (account_id, at desc);
create index security_event_at on security_event using brin (at);

-- People of a demonstration that anyone at the machine may become with one press; a real database takes none.
create table demo_person (account_id uuid primary key references account, place int not null, label_zh text not null, label_en text not null);
create function only_in_demo() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from instance where kind = 'demo') then raise exception 'a real database takes no demonstration people' using errcode = 'LH003'; end if;
  return new;
end $$;
create trigger only_in_demo before insert or update on demo_person for each row execute function only_in_demo();

grant select, insert, update on account, membership, web_session, passkey, passkey_challenge, totp_factor, reset_token, first_administrator to laihua_app;
grant select, insert, update, delete on account_login, known_device, limit_counter to laihua_app;
grant delete on passkey, totp_factor, passkey_challenge, web_session to laihua_app;
grant select, insert on security_event, demo_person to laihua_app;
