-- Whoever is kept from a child is kept from everything that hangs on that child. Three ways led around it: how another case of the same child came to us (its contact),
-- the room of a session with an interpreter (a record of its own, whose id no exclusion names), and an interpreter who was kept from the child, and not from this
-- very case, could still be let into its room. One function says for anybody what they are kept from; the policies, the room and its door all ask it.
create function app.excluded_of(p_user uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with recursive mine as (
    select x.record from app.record_exclusion x where x.ended_at is null and (
      (x.excluded_kind = 'user' and x.excluded_id = p_user)
      or (x.excluded_kind = 'agency' and x.excluded_id = (select a.agency_id from app.account a where a.id = p_user and a.state = 'active'))
      or (x.excluded_kind = 'team' and x.excluded_id = any (select m.team_id from app.member m where m.user_id = p_user)))
    union
    select l.other_id from mine m join app.person_link l on l.person_id = m.record and l.ended_at is null
      join app.person_link b on b.person_id = l.other_id and b.other_id = l.person_id and b.ended_at is null),
  cases as materialized (select c.id, c.contact_id from app.case_record c where c.person_id in (select m.record from mine m)),
  known as materialized (select m.record from mine m union select c.id from cases c)
  select coalesce(array_agg(distinct e.record), '{}') from (
    select k.record from known k
    union all select c.contact_id from cases c where c.contact_id is not null
    union all select s.id from app.language_session s where s.case_id in (select k.record from known k)) e $$;
alter function app.excluded_of(uuid) owner to authz;
revoke all on function app.excluded_of(uuid) from public;
create or replace function app.my_excluded() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select app.excluded_of(app.uid()) $$;

-- As in 0033; only who is kept from the case is asked of the function above.
create or replace function app.session_open_room(p_session uuid, p_user uuid, p_command uuid, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s app.language_session := app.session_scope(p_session); me uuid := app.uid(); u uuid;
begin
  if s.state <> 'booked' or exists (select from app.session_room where id = p_session) then return 'not_booked'; end if;
  if p_until > now() + interval '4 hours 1 minute' then raise exception 'too long' using errcode = '42501'; end if;
  if p_user is not null then
    if not exists (select from app.account where id = p_user and agency_id = app.my_agency() and state = 'active' and 'interpreter' = any (roles)) then return 'no_account'; end if;
    if s.case_id = any (app.excluded_of(p_user)) then return 'excluded'; end if;
    -- One room at a time: whoever sees two could put them together.
    if exists (select from app.grant_ where user_id = p_user and kind = 'session' and ended_at is null and now() < until) then return 'busy'; end if;
  end if;
  perform app.journal_write(p_session, 'session', s.home_group, 'room_opened', me, p_command, '{}', '{}', '{}');
  foreach u in array array_remove(array[p_user, case when s.home_group = any (app.my_groups()) then null else me end], null) loop
    insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
    values (gen_random_uuid(), p_session, 'session', s.home_group, u, array[4]::smallint[], array['read', 'write'], 'share', p_until, me);
  end loop;
  return 'ok';
end $$;
-- Few rooms are open at a time: each is asked anew whether its people may still be in it.
create or replace function app.session_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.grant_ g set ended_at = now() where g.kind = 'session' and g.ended_at is null and now() < g.until and g.record = any (app.excluded_of(g.user_id));
  return null;
end $$;

-- Emergency access reads only (0024): neither a session with an interpreter nor anything of follow-up is written, and no code is made or ended.
set role owner;
do $$ declare t text; begin
  foreach t in array array['language_session', 'check_in', 'check_in_code', 'check_in_answer'] loop
    execute format('create policy glass_adds_nothing on app.%I as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])))', t);
    execute format('create policy glass_reads_only on app.%I as restrictive for update to staff_rw using (not (case_id = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
reset role;
