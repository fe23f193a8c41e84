-- A colleague or an interpreter is asked into a conversation: they read what is said from then on, and nothing from before. A room of its own with a key of its own, made
-- at the inviting; each new message is sealed anew into it by whoever holds the story. When it ends, the room, its words and every wrap of its key go.
set role owner;
create table app.contact_room (
  id uuid primary key, contact_id uuid not null references app.contact on delete cascade, home_group uuid not null, invited_id uuid not null,
  opened_at timestamptz not null, until timestamptz not null, passed_seq integer not null, sealed bytea not null
);
create index on app.contact_room (contact_id);
create index on app.contact_room (until);
create table app.contact_room_turn (
  id uuid primary key, record uuid not null references app.contact_room on delete cascade, home_group uuid not null, seq integer not null,
  at timestamptz not null, kind text not null check (kind in ('in', 'out', 'ask', 'meaning', 'answer')), sealed bytea not null
);
create index on app.contact_room_turn (record, seq);
reset role;
call app_meta.hang_on_record('contact_room', 'contact_id');
call app_meta.hang_on_record('contact_room_turn', 'record');
create trigger room_moves after update of home_group on app.contact_room for each row when (old.home_group is distinct from new.home_group) execute function app.room_moves();

grant select, delete on app.contact_room, app.contact_room_turn to authz;
create policy authz_all on app.contact_room for all to authz using (true) with check (true);
create policy authz_all on app.contact_room_turn for all to authz using (true) with check (true);

-- May the caller act on this contact: of its team or desk, at the door, not kept from it, not on emergency access.
create function app.contact_room_scope(p_contact uuid) returns app.contact language plpgsql stable security definer set search_path = pg_catalog as $$
declare c app.contact;
begin
  select * into c from app.contact where id = p_contact;
  if app.uid() is null or c.id is null or not (app.my_roles() && array['case_worker', 'duty_specialist', 'supervisor'])
    or not (c.home_group = any (app.my_groups()) or c.home_group = any (app.my_desk())) or c.id = any (app.my_excluded()) or c.id = any (app.my_glass()) then
    raise exception 'contact out of scope' using errcode = '42501';
  end if;
  return c;
end $$;

-- Is somebody in a room now, of a session or of a conversation?
create function app.in_a_room(p_user uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.grant_ g where g.user_id = p_user and g.kind = 'session' and g.ended_at is null and now() < g.until)
      or exists (select from app.contact_room r where r.invited_id = p_user and now() < r.until) $$;

-- Lets somebody in. The row and its words are written by whoever asked, under the key made for it.
create function app.contact_room_open(p_room uuid, p_contact uuid, p_user uuid, p_command uuid, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare c app.contact := app.contact_room_scope(p_contact); me uuid := app.uid();
begin
  if p_until > now() + interval '4 hours 1 minute' then raise exception 'too long' using errcode = '42501'; end if;
  if p_room = p_contact or exists (select from app.record_head where record = p_room) then raise exception 'taken' using errcode = '42501'; end if;
  if c.state = 'closed' then return 'contact_closed'; end if;
  -- One room of a contact at a time: two who press at once get one.
  perform pg_advisory_xact_lock(hashtextextended(p_contact::text, 96));
  if exists (select from app.contact_room r where r.contact_id = p_contact and now() < r.until) then return 'room_open'; end if;
  delete from app.contact_room r where r.contact_id = p_contact;
  if p_user = me or not exists (select from app.account a where a.id = p_user and a.agency_id = app.my_agency() and a.state = 'active'
      and a.roles && array['interpreter', 'duty_specialist', 'case_worker']) then return 'not_to_be_invited'; end if;
  if p_contact = any (app.excluded_of(p_user)) then return 'not_to_be_invited'; end if;
  -- Whoever reads the whole of it anyway is not let into a part.
  if exists (select from app.member m where m.user_id = p_user and m.team_id = c.home_group and m.function in ('desk', 'casework') and m.confirmed_by is not null and now() < m.until) then
    return 'not_to_be_invited';
  end if;
  -- One room at a time: whoever sees two could put them together.
  if app.in_a_room(p_user) then return 'invited_busy'; end if;
  perform app.journal_write(p_room, 'contact', c.home_group, 'room_opened', me, p_command, '{}', '{}', '{}');
  -- The record is of the kind of contacts, so that the desk holds its key.
  insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
  values (gen_random_uuid(), p_room, 'contact', c.home_group, p_user, array[4]::smallint[], array['read', 'write'], 'share', p_until, me);
  return 'ok';
end $$;

-- Whatever takes the room away (its end, the contact's end, the worker), every wrap of its key goes with it.
create function app.contact_room_gone() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.grant_ set ended_at = now() where record = old.id and ended_at is null;
  delete from app.key_wrap where record = old.id;
  perform pg_notify('contact_live', substr(encode(sha256(convert_to(x::text, 'UTF8')), 'hex'), 1, 32)) from unnest(array[old.id, old.contact_id]) x;
  return null;
end $$;
create function app.contact_room_close(p_contact uuid, p_command uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare c app.contact := app.contact_room_scope(p_contact); r uuid;
begin
  delete from app.contact_room where contact_id = p_contact returning id into r;
  if r is not null then perform app.journal_write(r, 'contact', c.home_group, 'room_closed', app.uid(), p_command, '{}', '{}', '{}'); end if;
end $$;
-- Called by the worker: what was passed on does not outlive the invitation.
create function app.contact_rooms_over() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  delete from app.contact_room where until < now();
  get diagnostics n = row_count;
  return n;
end $$;
create function app.tell_room() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_notify('contact_live', substr(encode(sha256(convert_to(x::text, 'UTF8')), 'hex'), 1, 32))
     from (select new.record as x union all select r.contact_id from app.contact_room r where r.id = new.record) y;
  return null;
end $$;
do $$ declare f text; begin
  foreach f in array array['contact_room_scope(uuid)', 'in_a_room(uuid)', 'contact_room_open(uuid, uuid, uuid, uuid, timestamptz)', 'contact_room_close(uuid, uuid)', 'contact_room_gone()', 'contact_rooms_over()', 'tell_room()'] loop
    execute format('alter function app.%s owner to authz', f);
    execute format('revoke all on function app.%s from public', f);
  end loop;
end $$;
grant execute on function app.contact_room_open(uuid, uuid, uuid, uuid, timestamptz), app.contact_room_close(uuid, uuid) to staff_rw;
grant execute on function app.contact_rooms_over() to job;
create trigger gone after delete on app.contact_room for each row execute function app.contact_room_gone();
create trigger tells_live after insert on app.contact_room_turn for each row execute function app.tell_room();

-- Kept from a child, kept from the room of how that child came to us: as 0063, with the rooms of contacts.
create or replace function app.excluded_of(p_user uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with recursive mine as (
    select x.record from app.record_exclusion x where x.ended_at is null and (
      (x.excluded_kind = 'user' and x.excluded_id = p_user)
      or (x.excluded_kind = 'agency' and x.excluded_id = (select a.agency_id from app.account a where a.id = p_user and a.state = 'active'))
      or (x.excluded_kind = 'team' and x.excluded_id = any (select m.team_id from app.member m where m.user_id = p_user)))
    union
    select l.other_id from mine m join app.person_link l on l.person_id = m.record and l.ended_at is null
      join app.person_link b on b.person_id = l.other_id and b.other_id = l.person_id and b.ended_at is null),
  cases as materialized (select c.id, c.contact_id from app.case_record c where c.person_id in (select m.record from mine m)),
  known as materialized (select m.record from mine m union select c.id from cases c),
  reached as materialized (select k.record from known k union select c.contact_id from cases c where c.contact_id is not null)
  select coalesce(array_agg(distinct e.record), '{}') from (
    select r.record from reached r
    union all select s.id from app.language_session s where s.case_id in (select k.record from known k)
    union all select o.id from app.contact_room o where o.contact_id in (select r.record from reached r)) e $$;

-- As 0063; only whether somebody is in a room is asked of the function above, and whoever is shut out is out of rooms of contacts too.
create or replace function app.session_open_room(p_session uuid, p_user uuid, p_command uuid, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s app.language_session := app.session_scope(p_session); me uuid := app.uid(); u uuid;
begin
  if s.state <> 'booked' or exists (select from app.session_room where id = p_session) then return 'not_booked'; end if;
  if p_until > now() + interval '4 hours 1 minute' then raise exception 'too long' using errcode = '42501'; end if;
  if p_user is not null then
    if not exists (select from app.account where id = p_user and agency_id = app.my_agency() and state = 'active' and 'interpreter' = any (roles)) then return 'no_account'; end if;
    if s.case_id = any (app.excluded_of(p_user)) then return 'excluded'; end if;
    -- One room at a time: whoever sees two could put them together.
    if app.in_a_room(p_user) then return 'busy'; end if;
  end if;
  perform app.journal_write(p_session, 'session', s.home_group, 'room_opened', me, p_command, '{}', '{}', '{}');
  foreach u in array array_remove(array[p_user, case when s.home_group = any (app.my_groups()) then null else me end], null) loop
    insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
    values (gen_random_uuid(), p_session, 'session', s.home_group, u, array[4]::smallint[], array['read', 'write'], 'share', p_until, me);
  end loop;
  return 'ok';
end $$;
create or replace function app.session_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.grant_ g set ended_at = now() where g.ended_at is null and now() < g.until
     and (g.kind = 'session' or g.record in (select r.id from app.contact_room r where now() < r.until)) and g.record = any (app.excluded_of(g.user_id));
  return null;
end $$;

-- Emergency access reads only.
set role owner;
create policy glass_adds_nothing on app.contact_room as restrictive for insert to staff_rw with check (not (contact_id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.contact_room as restrictive for update to staff_rw using (not (contact_id = any ((select app.my_glass())::uuid[])));
reset role;

set role owner;
select pgboss.create_queue('rooms', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
