-- Two records that may be one child. A pair stands once on each side, under each side's identity key, so that who holds one side reads what was decided and nothing of
-- the other. Plain are ids, the state and the day it was found: nobody can be found by them. The id of a row and of a pair
-- follow from the two persons' ids, so that two sessions that notice one pair write it once.
set role owner;
create table app.person_pair (
  id uuid primary key, person_id uuid not null references app.person, other_id uuid not null, pair uuid not null, home_group uuid not null,
  state text not null default 'open' check (state in ('open', 'same', 'different', 'unsure')), found date not null, version integer not null default 1,
  sealed bytea not null, check (person_id <> other_id)
);
create index on app.person_pair (person_id);
create index on app.person_pair (pair);
create index on app.person_pair (home_group, found, id) where state = 'open';
-- Up to which version a person's claims have been compared: what is behind waits for the next session that may open both.
alter table app.person add column matched integer not null default 0;
create index on app.person (home_group, id) where matched < version and state = 'active';
-- The link says which pair it belongs to and when it was signed; what was signed is in src/person/rules.links.ts.
alter table app.person_link add column pair uuid, add column made_at timestamptz not null default now();
create index on app.person_link (person_id) where ended_at is null;
create index on app.person_link (other_id) where ended_at is null;
reset role;
call app_meta.hang_on_record('person_pair', 'person_id');
set role owner;
-- person_link is older than hang_on_record (0028): it moves along with its person from here on.
grant select, update (home_group) on app.person_link to scribe;
create policy scribe_move on app.person_link for all to scribe using (true) with check (true);
grant select on app.person_link to authz;
create policy authz_read on app.person_link for select to authz using (true);
-- Emergency access reads only (0024).
do $$ declare t text; begin
  foreach t in array array['person_pair', 'person_link'] loop
    execute format('create policy glass_adds_nothing on app.%I as restrictive for insert to staff_rw with check (not (person_id = any ((select app.my_glass())::uuid[])))', t);
    execute format('create policy glass_reads_only on app.%I as restrictive for update to staff_rw using (not (person_id = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
reset role;
create trigger moves_person_link after update of home_group on app.record_head for each row when (old.home_group is distinct from new.home_group)
  execute function app.moves_along('person_link', 'person_id');
-- Who linked is the session's, never a name in a row (0021).
create trigger as_its_actor before insert on app.person_link for each row execute function app.as_its_actor();
-- Whoever is kept from one of two linked records is kept from the other and from its cases. Both sides must stand: a side is written only by who sees its person, so
-- nobody is kept from a record by a row that points at it from elsewhere.
create or replace function app.my_excluded() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with recursive mine as (
    select x.record from app.record_exclusion x where x.ended_at is null and (
      (x.excluded_kind = 'user' and x.excluded_id = app.uid()) or (x.excluded_kind = 'agency' and x.excluded_id = app.my_agency())
      or (x.excluded_kind = 'team' and x.excluded_id = any (select m.team_id from app.member m where m.user_id = app.uid())))
    union
    select l.other_id from mine m join app.person_link l on l.person_id = m.record and l.ended_at is null
      join app.person_link b on b.person_id = l.other_id and b.other_id = l.person_id and b.ended_at is null)
  select coalesce(array_agg(distinct e.record), '{}') from (
    select m.record from mine m union all select c.id from app.case_record c where c.person_id in (select m.record from mine m)) e $$;
