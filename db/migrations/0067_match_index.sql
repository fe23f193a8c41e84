-- The sealed match index (docs/adr/0012): what a search compares, sealed under one key of the installation, so that no process opens every record to find one.
-- Plain are ids, versions and counts. Nobody of staff touches these tables: every way in is a function below, and each asks who is there.
set role owner;
create table app.match_key (version integer primary key, public_x bytea not null, recovery bytea not null, made_at timestamptz not null default now(), retired_at timestamptz);
create table app.match_key_wrap (
  key_version integer not null references app.match_key, team_id uuid not null references app.team, team_version integer not null,
  form smallint not null check (form in (0, 1)),   -- 0 sealed box to the team's identity key, 1 under its symmetric half
  wrapped bytea not null, primary key (key_version, team_id, team_version)
);
create table app.match_segment (
  id uuid primary key, generation integer not null, key_version integer not null references app.match_key,
  count integer not null check (count between 1 and 2000), sealed bytea not null
);
-- One row whenever somebody's identity, state or home group changed. Without a sealed value: look at the person again. The transaction's number, not a sequence: a number
-- that was drawn early may be committed late, and whoever reads only what is higher than the last would never see it.
create table app.match_tail (
  id uuid primary key, person_id uuid not null, version integer not null, xid xid8 not null default pg_current_xact_id(), folded integer,
  key_version integer, form smallint check (form in (0, 1)), sealed bytea
);
create index on app.match_tail (xid);
create index on app.match_tail (person_id);
-- Up to which version a person's names stand in the index.
alter table app.person add column indexed integer not null default 0;
create index on app.person (home_group, id) where indexed < version and state = 'active';
-- How often the tail has been folded into segments.
alter table app.installation add column match_generation integer not null default 0;
do $$ declare t text; begin
  foreach t in array array['match_key', 'match_key_wrap', 'match_segment', 'match_tail'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
    execute format('grant select, insert, update, delete on app.%I to authz', t);
    execute format('create policy authz_all on app.%I for all to authz using (true) with check (true)', t);
  end loop;
end $$;
grant select, update (match_generation) on app.installation to authz;
create policy authz_match on app.installation for update to authz using (true) with check (true);
grant update (indexed) on app.person to authz;
create policy authz_indexed on app.person for update to authz using (true) with check (true);
do $$ begin
  if not exists (select from pg_policies where schemaname = 'app' and tablename = 'installation' and policyname = 'authz_read') then
    create policy authz_read on app.installation for select to authz using (true);
  end if;
end $$;
reset role;

-- Who searches for people or narrows a list by a name: the roles whose functions hold identity keys. A carer, an interpreter or an analyst gets no byte of the index, whatever keys they came by.
create function app.match_may() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(app.my_roles() && array['case_worker', 'supervisor', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker']::text[], false) $$;
-- The public half for everybody who saves; the wraps of the own teams for those who search.
create function app.match_keys() returns table (version integer, public_x bytea, retired boolean, team_id uuid, team_version integer, form smallint, wrapped bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select k.version, k.public_x, k.retired_at is not null, w.team_id, w.team_version, w.form, w.wrapped from app.match_key k
    left join app.match_key_wrap w on w.key_version = k.version and w.team_id = any ((select app.my_teams())::uuid[]) and (select app.match_may())
   where (select app.uid()) is not null order by k.version, w.form desc $$;
create function app.match_key_make(p_version integer, p_public bytea, p_recovery bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.match_may() or exists (select from app.match_key where retired_at is null or version >= p_version) then return false; end if;
  insert into app.match_key (version, public_x, recovery) values (p_version, p_public, p_recovery) on conflict do nothing;
  return found;
end $$;
-- Identity keys of teams at work to which the match key was never sealed.
create function app.match_key_missing() returns table (team_id uuid, team_version integer, public_x bytea) language sql stable security definer set search_path = pg_catalog as $$
  select k.team_id, k.version, k.public_x from app.team_key k join app.team t on t.id = k.team_id and t.state = 'active'
   where k.compartment = 1 and k.retired_at is null and (select app.match_may())
     and not exists (select from app.match_key_wrap w join app.match_key m on m.version = w.key_version and m.retired_at is null where w.team_id = k.team_id and w.team_version = k.version) $$;
create function app.match_key_put(p_key integer, p_teams uuid[], p_versions integer[], p_form smallint, p_wrapped bytea[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.match_may() then return; end if;
  insert into app.match_key_wrap (key_version, team_id, team_version, form, wrapped)
  select p_key, t, v, p_form, x from unnest(p_teams, p_versions, p_wrapped) as u(t, v, x)
  on conflict (key_version, team_id, team_version) do update set form = excluded.form, wrapped = excluded.wrapped
   where match_key_wrap.form = 0 and excluded.form = 1 and match_key_wrap.team_id = any (app.my_teams());
  -- A team's key that a leaver held opens nothing once its successor does.
  delete from app.match_key_wrap w using app.team_key k where k.team_id = w.team_id and k.compartment = 1 and k.version = w.team_version and k.retired_at is not null
    and exists (select from app.match_key_wrap n where n.team_id = w.team_id and n.key_version = w.key_version and n.team_version > w.team_version);
end $$;

-- What a search compares of people whom the writer sees, at the version that stands.
create function app.match_put(p_persons uuid[], p_versions integer[], p_key integer, p_form smallint, p_sealed bytea[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid[] := app.my_groups(); d uuid[] := app.my_direct(); x uuid[] := app.my_excluded() || app.my_glass();
begin
  with mine as materialized (
    select p.id, u.v, u.s from unnest(p_persons, p_versions, p_sealed) as u(i, v, s) join app.person p on p.id = u.i and p.version = u.v
     where (p.home_group = any (g) or p.id = any (d)) and not p.id = any (x)),
  put as (insert into app.match_tail (id, person_id, version, key_version, form, sealed) select gen_random_uuid(), m.id, m.v, p_key, p_form, m.s from mine m)
  update app.person p set indexed = m.v from mine m where p.id = m.id and p.indexed < m.v;
end $$;
create function app.match_moved() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.state = 'erased' then update app.match_tail set sealed = null where person_id = new.id; end if;
  insert into app.match_tail (id, person_id, version) values (gen_random_uuid(), new.id, new.version);
  return null;
end $$;
create trigger match_moved after update of home_group, state on app.person for each row
  when (old.home_group is distinct from new.home_group or old.state is distinct from new.state) execute function app.match_moved();

-- What came since: one statement before every search. Rows of the reader's own unfinished transaction are left out: it may still be undone.
create function app.match_news(p_since text) returns table (generation integer, horizon text, waiting integer, tail integer, unwrapped boolean, id uuid, person_id uuid, version integer,
  key_version integer, form smallint, sealed bytea, home_group uuid, state text, folded boolean) language sql stable security definer set search_path = pg_catalog as $$
  select m.generation, m.horizon, m.waiting, m.tail, m.unwrapped, t.id, t.person_id, t.version, t.key_version, t.form, t.sealed, p.home_group, p.state, t.folded is not null
    from (select i.match_generation as generation, pg_snapshot_xmin(pg_current_snapshot())::text as horizon, exists (select from app.match_key_missing()) as unwrapped,
            (select count(*) from (select from app.person w where w.indexed < w.version and w.state = 'active' and w.home_group = any ((select app.my_groups())::uuid[]) limit 10000) q)::int as waiting,
            (select count(*) from app.match_tail f where f.folded is null)::int as tail
            from app.installation i where app.match_may()) m
    left join app.match_tail t on t.xid >= p_since::xid8 and t.xid is distinct from pg_current_xact_id_if_assigned()
    left join app.person p on p.id = t.person_id $$;
create function app.match_segments(p_ids uuid[]) returns table (id uuid, key_version integer, count integer, sealed bytea) language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.key_version, s.count, case when p_ids is null then null else s.sealed end from app.match_segment s
   where (select app.match_may()) and (p_ids is null or s.id = any (p_ids)) order by s.generation, s.id $$;
-- Folds the tail into segments. What was folded stays for one more time, so that a process that was just behind needs no segment again.
create function app.match_fold(p_from integer, p_key integer, p_drop uuid[], p_ids uuid[], p_counts integer[], p_sealed bytea[], p_folded uuid[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.match_may() then return false; end if;
  update app.installation set match_generation = p_from + 1 where match_generation = p_from;
  if not found then return false; end if;
  delete from app.match_segment where id = any (p_drop);
  insert into app.match_segment (id, generation, key_version, count, sealed) select i, p_from + 1, p_key, c, s from unnest(p_ids, p_counts, p_sealed) as u(i, c, s);
  delete from app.match_tail where folded <= p_from;
  update app.match_tail set folded = p_from + 1 where id = any (p_folded) and folded is null;
  return true;
end $$;
-- People who should stand in the index and do not (a segment that no longer opens): they wait to be read in again. Returns how many.
create function app.match_lost(p_known uuid[]) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  if not app.match_may() then return 0; end if;
  update app.person set indexed = 0 where state = 'active' and indexed > 0 and not exists (select from unnest(p_known) k where k = app.person.id);
  get diagnostics n = row_count;
  return n;
end $$;
create function app.match_expected() returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int from app.person where state = 'active' and indexed > 0 $$;
do $$ declare f text; begin
  foreach f in array array['match_may()', 'match_keys()', 'match_key_make(integer, bytea, bytea)', 'match_key_missing()', 'match_key_put(integer, uuid[], integer[], smallint, bytea[])',
    'match_put(uuid[], integer[], integer, smallint, bytea[])', 'match_moved()', 'match_news(text)', 'match_segments(uuid[])',
    'match_fold(integer, integer, uuid[], uuid[], integer[], bytea[], uuid[])', 'match_lost(uuid[])', 'match_expected()'] loop
    execute format('alter function app.%s owner to authz', f);
    execute format('revoke all on function app.%s from public', f);
    if f <> 'match_moved()' then execute format('grant execute on function app.%s to staff_rw', f); end if;
  end loop;
end $$;
