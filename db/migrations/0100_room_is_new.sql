-- Taking a room of a conversation away deletes every wrap of its key (0096). Whoever sent SQL of their own could write a room under the id of any other record, close it, and
-- so make that record unreadable for ever, which no session may (0021). A room is therefore written only under an id that contact_room_open has just begun for it.
create function app.contact_room_is_new() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- Nobody at work: a backup that is put back.
  if app.uid() is null then return new; end if;
  if not exists (select from app.record_head h where h.record = new.id and h.kind = 'contact' and h.seq = 1)
    or exists (select from app.contact c where c.id = new.id)
    or not exists (select from app.grant_ g where g.record = new.id and g.kind = 'contact' and g.user_id = new.invited_id and g.granted_by = app.uid() and g.ended_at is null
                    and g.until >= new.until and g.purpose = 'share') then
    raise exception 'no such room' using errcode = '42501';
  end if;
  return new;
end $$;
alter function app.contact_room_is_new() owner to authz;
revoke all on function app.contact_room_is_new() from public;
create trigger is_new before insert on app.contact_room for each row execute function app.contact_room_is_new();

-- As 0096; an id that a key is wrapped for already (the keys of the day have no journal) is taken too.
create or replace function app.contact_room_open(p_room uuid, p_contact uuid, p_user uuid, p_command uuid, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare c app.contact := app.contact_room_scope(p_contact); me uuid := app.uid();
begin
  if p_until > now() + interval '4 hours 1 minute' then raise exception 'too long' using errcode = '42501'; end if;
  if p_room = p_contact or exists (select from app.record_head where record = p_room) or exists (select from app.key_wrap where record = p_room) then
    raise exception 'taken' using errcode = '42501';
  end if;
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
