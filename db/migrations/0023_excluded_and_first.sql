-- Whoever must not see a child must not see another case of that child either, opened before or later, by whatever team: an exclusion from a person covers every case
-- that is about this person. (An exclusion from a case already covers its person, see case/store.access.ts.)
create or replace function app.my_excluded() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with mine as materialized (select x.record from app.record_exclusion x where x.ended_at is null and (
    (x.excluded_kind = 'user' and x.excluded_id = app.uid()) or (x.excluded_kind = 'agency' and x.excluded_id = app.my_agency())
    or (x.excluded_kind = 'team' and x.excluded_id = any (select m.team_id from app.member m where m.user_id = app.uid()))))
  select coalesce(array_agg(distinct e.record), '{}') from (
    select m.record from mine m union all select c.id from app.case_record c where c.person_id in (select m.record from mine m)) e $$;

-- Whoever is put into a function for a role that a second person has not agreed to yet waits for that second person. Otherwise an administrator could wish himself a role,
-- put himself into a new team and begin to read there alone: the first of a function confirms himself.
create or replace function app.member_first(p_team uuid, p_function text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if not coalesce(app.role_of_function(p_function) = any (app.my_roles()), false) then return false; end if;
  if exists (select from app.member where team_id = p_team and function = p_function and confirmed_by is not null and now() < until) or not app.keys_complete(me, p_team, p_function) then return false; end if;
  update app.member set confirmed_by = me where user_id = me and team_id = p_team and function = p_function and for_user is null;
  return found;
end $$;
