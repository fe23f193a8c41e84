-- A session with an interpreter on a case, and its room. What was booked is the case's (story). What is said in the room is a record of its own with a key of its own:
-- the interpreter gets that key and no other, for four hours at most, and when the room closes the key goes for everybody. Nothing of it is an archive.
set role owner;
create table app.language_session (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, day date not null,
  state text not null check (state in ('booked', 'live', 'closed', 'cancelled', 'refused')), booked_by uuid not null, warnings smallint not null,
  version integer not null default 1, sealed bytea not null
);
create index on app.language_session (case_id);
create index on app.language_session (home_group, day) where state in ('booked', 'live');
create table app.session_room (
  id uuid primary key references app.language_session, home_group uuid not null, opened_at timestamptz not null default now(), until timestamptz not null, sealed bytea not null
);
create table app.session_turn (
  id uuid primary key, record uuid not null references app.session_room, home_group uuid not null, seq integer not null, at timestamptz not null default now(),
  kind text not null check (kind in ('question', 'rendering')), check_wanted boolean not null default false, sealed bytea not null
);
create index on app.session_turn (record, seq);
reset role;
call app_meta.hang_on_record('language_session', 'case_id');
call app_meta.hang_on_record('session_room', 'id');
call app_meta.hang_on_record('session_turn', 'record');

grant select on app.language_session, app.session_room, app.session_turn to authz;
grant delete on app.session_room, app.session_turn to authz;
create policy authz_read on app.language_session for select to authz using (true);
create policy authz_all on app.session_room for all to authz using (true) with check (true);
create policy authz_all on app.session_turn for all to authz using (true) with check (true);

-- May the caller act on this session: works on its case now, by team, grant or assignment, with a role that books.
create function app.session_scope(p_session uuid) returns app.language_session language plpgsql stable security definer set search_path = pg_catalog as $$
declare s app.language_session;
begin
  select * into s from app.language_session where id = p_session;
  if app.uid() is null or s.id is null or not (app.my_roles() && array['case_worker', 'duty_specialist', 'supervisor'])
    or not (s.home_group = any (app.my_groups()) or s.case_id = any (app.my_direct())) or s.case_id = any (app.my_excluded()) or s.case_id = any (app.my_glass()) then
    raise exception 'session out of scope' using errcode = '42501';
  end if;
  return s;
end $$;

-- Opens the room: a record of its own, and grants on it that end by themselves. Whoever opens it without being of the team gets one too.
create function app.session_open_room(p_session uuid, p_user uuid, p_command uuid, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s app.language_session := app.session_scope(p_session); me uuid := app.uid(); u uuid;
begin
  if s.state <> 'booked' or exists (select from app.session_room where id = p_session) then return 'not_booked'; end if;
  if p_until > now() + interval '4 hours 1 minute' then raise exception 'too long' using errcode = '42501'; end if;
  if p_user is not null then
    if not exists (select from app.account where id = p_user and agency_id = app.my_agency() and state = 'active' and 'interpreter' = any (roles)) then return 'no_account'; end if;
    if exists (select from app.record_exclusion where record = s.case_id and ended_at is null and ((excluded_kind = 'user' and excluded_id = p_user)
        or (excluded_kind = 'agency' and excluded_id = app.my_agency()))) then return 'excluded'; end if;
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

-- Closes it: grants end, and what was said goes with every wrap of its key.
create function app.session_close_room(p_session uuid, p_command uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare s app.language_session := app.session_scope(p_session);
begin
  if s.state <> 'live' then raise exception 'not open' using errcode = '42501'; end if;
  update app.grant_ set ended_at = now() where record = p_session and ended_at is null;
  delete from app.session_turn where record = p_session;
  delete from app.session_room where id = p_session;
  delete from app.key_wrap where record = p_session;
  perform app.journal_write(p_session, 'session', s.home_group, 'room_closed', app.uid(), p_command, '{}', '{}', '{}');
end $$;

-- Somebody shut out of a case is shut out of its open room at once.
create function app.session_shut_out() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.grant_ g set ended_at = now() where g.kind = 'session' and g.user_id = new.excluded_id and g.ended_at is null
     and g.record in (select l.id from app.language_session l where l.case_id = new.record);
  return null;
end $$;
do $$ declare f text; begin
  foreach f in array array['session_scope(uuid)', 'session_open_room(uuid, uuid, uuid, timestamptz)', 'session_close_room(uuid, uuid)', 'session_shut_out()'] loop
    execute format('alter function app.%s owner to authz', f);
    execute format('revoke all on function app.%s from public', f);
  end loop;
end $$;
grant execute on function app.session_open_room(uuid, uuid, uuid, timestamptz), app.session_close_room(uuid, uuid) to staff_rw;
create trigger session_shut_out after insert on app.record_exclusion for each row execute function app.session_shut_out();
