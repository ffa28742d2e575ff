-- The installation itself: born demo or real once and for all, its pulse, and the record of our own outages, which only ever help employer and holder.
create table instance (
  single boolean primary key default true check (single), kind text not null check (kind in ('demo', 'real')), born_at timestamptz not null default now());
create function instance_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'a database is born % and stays so', old.kind using errcode = 'LH003';
end $$;
create trigger instance_is_fixed before update or delete on instance for each row execute function instance_is_fixed();

-- The last moment at which the service was certainly up; what lies between it and the next start was an outage.
create table pulse (single boolean primary key default true check (single), at timestamptz not null);
create table outage (
  id bigint generated always as identity primary key, from_at timestamptz not null, until_at timestamptz, source text not null,
  check (until_at > from_at));
create index outage_open on outage (from_at) where until_at is null;

grant select on instance to laihua_app;
grant select, insert, update on pulse, outage to laihua_app;
