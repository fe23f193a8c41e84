-- Two registers, or one with itself, compared under a written agreement. A record of its own, of kind 'register': it hangs on no child. Who sent what and why is sealed
-- with its identity key and stays; what the partner sent is sealed with a key of its own (register_key) that goes, with the rows, when the decision is made or 30 days
-- after. Plain are the state, days, versions and counts.
set role owner;
create table app.register_link (
  id uuid primary key, home_group uuid not null, way text not null check (way in ('one', 'two', 'ours')),
  state text not null default 'open' check (state in ('open', 'review', 'erased')), started date not null, expires date not null,
  erased_why text check (erased_why in ('decided', 'expired')), version integer not null default 1,
  check ((state = 'erased') = (erased_why is not null))
);
create index on app.register_link (home_group, started desc, id);
create index on app.register_link (expires) where state <> 'erased';
-- The content, in parts: a file's rows, its columns, twenty-five pairs, one decision. Each is sealed with the link's own key. The id of a part follows from the link, what
-- it is and its number, so that two sessions that write one write it once.
create table app.register_part (
  id uuid primary key, link_id uuid not null references app.register_link, home_group uuid not null,
  what text not null check (what in ('rows', 'columns', 'found', 'pairs', 'decision')), n integer not null check (n >= 0), sealed bytea not null
);
create index on app.register_part (link_id, what, n);
-- In a table of its own, as file_key (0052): in a backup it stands with the keys, which are kept 30 days, so that what was erased does not come back out of an older copy.
create table app.register_key (id uuid primary key references app.register_link, home_group uuid not null, sealed bytea not null);
reset role;
call app_meta.hang_on_record('register_link', 'id');
call app_meta.hang_on_record('register_part', 'link_id');
call app_meta.hang_on_record('register_key', 'id');
create trigger one_record_an_id before insert on app.register_link for each row execute function app.one_record_an_id('register');
set role owner;
-- The job takes away what nobody decided in time; it reads days and states, and opens nothing.
grant select (id, state, expires), update (state, erased_why, version) on app.register_link to job;
grant select (version) on app.register_link to job;
create policy job_read on app.register_link for select to job using (true);
create policy job_ends on app.register_link for update to job using (state <> 'erased' and expires <= current_date) with check (state = 'erased' and erased_why = 'expired');
grant select (id, link_id), delete on app.register_part to job;
grant select (id), delete on app.register_key to job;
create policy job_takes on app.register_part for all to job using (exists (select from app.register_link l where l.id = link_id and l.state = 'erased')) with check (false);
create policy job_takes on app.register_key for all to job using (exists (select from app.register_link l where l.id = register_key.id and l.state = 'erased')) with check (false);
select pgboss.create_queue('registers', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
-- As in 0055, and comparisons of registers are written by the team they belong to.
create or replace function app.journal_append(p_record uuid, p_kind text, p_group uuid, p_type text, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); h record; g uuid;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  select home_group, kind into h from app.record_head where record = p_record;
  g := coalesce(h.home_group, p_group);
  if coalesce(h.kind, p_kind) is distinct from p_kind or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if p_kind in ('contact', 'person', 'case', 'trace', 'register') then
    if not (g = any (app.my_groups()) or (p_kind in ('contact', 'trace') and g = any (app.my_desk())) or p_record = any (app.my_direct())) or p_record = any (app.my_glass()) then
      raise exception 'record out of scope' using errcode = '42501';
    end if;
  elsif p_kind not in ('account', 'team', 'installation') or not (g = app.my_agency() or g = any (app.my_agency_teams())) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return app.journal_write(p_record, p_kind, g, p_type, me, p_command, p_compartments, p_parts, p_dek);
end $$;
