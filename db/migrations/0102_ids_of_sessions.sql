-- As for rooms of conversations (0100): opening the room of a session gives access to the record of its id, and closing it deletes every wrap under that id. A session is
-- therefore booked under an id that nothing has, and what goes with its room are keys of rooms.
create function app.language_session_is_new() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.uid() is not null and (exists (select from app.record_head h where h.record = new.id) or exists (select from app.key_wrap w where w.record = new.id)) then
    raise exception 'no such session' using errcode = '42501';
  end if;
  return new;
end $$;
alter function app.language_session_is_new() owner to authz;
revoke all on function app.language_session_is_new() from public;
create trigger is_new before insert on app.language_session for each row execute function app.language_session_is_new();
create or replace function app.session_close_room(p_session uuid, p_command uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare s app.language_session := app.session_scope(p_session);
begin
  if s.state <> 'live' then raise exception 'not open' using errcode = '42501'; end if;
  update app.grant_ set ended_at = now() where record = p_session and kind = 'session' and ended_at is null;
  delete from app.session_turn where record = p_session;
  delete from app.session_room where id = p_session;
  delete from app.key_wrap where record = p_session and kind = 'session';
  perform app.journal_write(p_session, 'session', s.home_group, 'room_closed', app.uid(), p_command, '{}', '{}', '{}');
end $$;

-- How a closed contact ended decides when it is taken away. Calling spam what was closed days ago would take it away at once: the clock begins anew.
create or replace function app.contact_clock() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.in_danger := new.safe_now = 'no' or coalesce(new.urgency = 'now', false) or (tg_op = 'UPDATE' and old.in_danger);
  if new.state <> 'closed' then new.closed_at := null; new.closing := null;
  elsif new.unread then new.closed_at := null;
  elsif tg_op = 'INSERT' or old.state <> 'closed' or old.unread or new.closed_at is null or (current_user = 'staff_rw' and new.closing is distinct from old.closing) then
    new.closed_at := to_timestamp(floor(extract(epoch from now()) / 900) * 900);
    -- Closed again is judged again.
    if tg_op = 'INSERT' or old.state <> 'closed' then new.closing := coalesce(new.closing, 'ordinary'); end if;
  end if;
  return new;
end $$;

-- "Somebody is here" and back, without end, would fill the journal, which nobody can shorten: after 200 the switch still works and is written down no more.
create function app.watched_turns(p_contact uuid) returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int from app.journal j where j.record = p_contact and j.type in ('sender_watched', 'sender_alone') $$;
alter function app.watched_turns(uuid) owner to scribe;
revoke all on function app.watched_turns(uuid) from public;
grant execute on function app.watched_turns(uuid) to intake;
create or replace function app.public_chat_watched(p_locator bigint, p_proof_hash bytea, p_command uuid, p_watched boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash); g uuid;
begin
  if who is null then return false; end if;
  update app.conversation set watched = p_watched where contact_id = who and watched <> p_watched;
  if found and app.watched_turns(who) < 200 then
    select c.home_group into g from app.contact c where c.id = who;
    perform app.journal_write(who, 'contact', g, case when p_watched then 'sender_watched' else 'sender_alone' end, null, p_command, '{}', '{}', '{}');
  end if;
  return true;
end $$;
