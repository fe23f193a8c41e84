-- What somebody can do who may send any SQL as staff_rw within a live session (src/platform/rls.attack.test.ts tries each of these).

-- ---------------------------------------------------------------- the journal of a record is written by whoever sees the record
-- The kind is the record's own: called an 'account', a case of another team would have taken events from anybody. The desk has contacts, not the cases of its team.
-- What is no contact, person or case (an account, a team) stays within the own agency.
grant execute on function app.my_agency_teams() to scribe;
create or replace function app.journal_append(p_record uuid, p_kind text, p_group uuid, p_type text, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); h record; g uuid;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  select home_group, kind into h from app.record_head where record = p_record;
  g := coalesce(h.home_group, p_group);
  if coalesce(h.kind, p_kind) is distinct from p_kind or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if p_kind in ('contact', 'person', 'case') then
    if not (g = any (app.my_groups()) or (p_kind = 'contact' and g = any (app.my_desk())) or p_record = any (app.my_direct())) or p_record = any (app.my_glass()) then
      raise exception 'record out of scope' using errcode = '42501';
    end if;
  elsif p_kind not in ('account', 'team', 'installation') or not (g = app.my_agency() or g = any (app.my_agency_teams())) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return app.journal_write(p_record, p_kind, g, p_type, me, p_command, p_compartments, p_parts, p_dek);
end $$;

-- ---------------------------------------------------------------- one id, one record
-- A case gives its assignee sight of the ids that it names, its own among them, and an intake is opened by the row of its contact. A second row under an id that is
-- somebody else's record would therefore open that record. Whoever writes without a session (a report, a restore, the migrator) brings ids of its own.
create function app.one_record_an_id() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.uid() is not null and exists (select from app.record_head h where h.record = new.id and (h.kind <> tg_argv[0] or h.home_group <> new.home_group)) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return new;
end $$;
alter function app.one_record_an_id() owner to authz;
revoke all on function app.one_record_an_id() from public;
create trigger one_record_an_id before insert on app.contact for each row execute function app.one_record_an_id('contact');
create trigger one_record_an_id before insert on app.person for each row execute function app.one_record_an_id('person');
create trigger one_record_an_id before insert on app.case_record for each row execute function app.one_record_an_id('case');
create or replace function app.case_names_what_is_seen() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.uid() is null then return new; end if;
  if exists (select from app.person p where p.id = new.person_id and (p.id = any (app.my_excluded()) or not (p.home_group = any (app.my_groups()) or p.id = any (app.my_direct()))))
    or exists (select from app.contact c where c.id = new.contact_id and (c.id = any (app.my_excluded())
      or not (c.home_group = any (app.my_groups()) or c.home_group = any (app.my_desk()) or c.id = any (app.my_direct()))))
    or exists (select from app.record_head h where (h.record = new.person_id and h.kind <> 'person') or (h.record = new.contact_id and h.kind <> 'contact')) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return new;
end $$;

-- ---------------------------------------------------------------- moving
-- The desk moves contacts; people and cases are moved by the team that has them, and a case with its row.
grant select, update (home_group) on app.case_record, app.case_link to scribe;
create policy scribe_move on app.case_record for all to scribe using (true) with check (true);
create policy scribe_move on app.case_link for all to scribe using (true) with check (true);
create or replace function app.move_home_group(p_record uuid, p_group uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid; k text;
begin
  select home_group, kind into g, k from app.record_head where record = p_record for update;
  if g is null or not (g = any (app.my_groups()) or (k = 'contact' and g = any (app.my_desk()))) or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if not exists (select from app.team a join app.team b on a.agency_id = b.agency_id where a.id = g and b.id = p_group and b.state = 'active') then raise exception 'no such team' using errcode = '42501'; end if;
  update app.record_head set home_group = p_group where record = p_record;
  update app.journal set home_group = p_group where record = p_record;
  update app.journal_part set home_group = p_group where record = p_record;
  update app.sealed set home_group = p_group where record = p_record;
  update app.key_wrap set home_group = p_group where record = p_record;
  update app.contact set home_group = p_group where id = p_record;
  update app.conversation set home_group = p_group where contact_id = p_record;
  update app.message set home_group = p_group where contact_id = p_record;
  update app.person set home_group = p_group where id = p_record;
  update app.case_record set home_group = p_group where id = p_record;
  update app.case_link set home_group = p_group where case_id = p_record;
  update app.grant_ set home_group = p_group where record = p_record;
  update app.record_exclusion set home_group = p_group where record = p_record;
  update app.second_look set home_group = p_group where record = p_record;
  update app.break_glass set home_group = p_group where record = p_record;
  update app.unlocked_work set home_group = p_group where record = p_record;
end $$;

-- ---------------------------------------------------------------- who did it
-- The session says who granted, excluded, acted or looked. A second person who is a name in a row would be no second person.
create function app.as_its_actor() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if tg_op = 'UPDATE' and tg_table_name = 'grant_' then
    if old.ended_at is not null and new.ended_at is distinct from old.ended_at then raise exception 'ended' using errcode = '42501'; end if;
    return new;
  end if;
  if me is null then return new; end if;
  if tg_op = 'UPDATE' then
    if old.seen_by is not null then raise exception 'seen' using errcode = '42501'; end if;
    new.seen_by := me; new.seen_at := now();
  elsif tg_table_name = 'second_look' then new.done_by := me; new.seen_by := null; new.seen_at := null;
  elsif tg_table_name = 'grant_' then new.granted_by := me;
  else new.made_by := me;
  end if;
  return new;
end $$;
alter function app.as_its_actor() owner to authz;
revoke all on function app.as_its_actor() from public;
create trigger as_its_actor before insert on app.grant_ for each row execute function app.as_its_actor();
create trigger as_its_actor before insert on app.record_exclusion for each row execute function app.as_its_actor();
create trigger as_its_actor before insert or update of seen_by on app.second_look for each row execute function app.as_its_actor();
create trigger stays_ended before update of ended_at on app.grant_ for each row execute function app.as_its_actor();

-- ---------------------------------------------------------------- second step and PIN
-- The office has checked the code; the database knows no secret of it. It can still refuse a step that is not of these days: one far away would use up every code to come.
create or replace function app.factor_fits(p_user uuid, p_method text, p_factor text, p_step bigint, p_code bytea, p_passkey uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  case p_factor
    when 'totp' then update app.account set totp_step = p_step where id = p_user and totp is not null and totp_step < p_step
      and p_step between extract(epoch from clock_timestamp()) / 30 - 2880 and extract(epoch from clock_timestamp()) / 30 + 2880;
    when 'printed' then update app.printed_code set used_at = now() where user_id = p_user and verifier = sha256(p_code) and used_at is null;
    when 'passkey' then update app.passkey set counter = greatest(counter, p_step) where user_id = p_user and id = p_passkey;
    when 'none' then return p_method = 'prf' or coalesce((select demo from app.installation), false);
    else return false;
  end case;
  return found;
end $$;
-- Tries wait for each other: thirty sent at once were thirty tries.
create or replace function app.session_unlock(p_secret bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session; fits boolean;
begin
  perform from app.session where token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8')) for update;
  s := app.session_now();
  if s.id is null or s.locked_at is null then return 'ended'; end if;
  fits := case when p_factor = 'pin' then s.pin_hash is not null and split_part(s.pin_hash, ':', 2) = encode(sha256(p_secret), 'hex')
               when p_factor = 'none' then false else app.factor_fits(s.user_id, 'unlock', p_factor, p_step, p_code, p_passkey) end;
  if fits then
    update app.session set locked_at = null, pin_tries = 0, idle_until = now() + interval '15 minutes' where id = s.id;
    return 'ok';
  end if;
  update app.session set pin_tries = pin_tries + 1 where id = s.id;
  if s.pin_tries + 1 >= 5 then delete from app.session where id = s.id; return 'ended'; end if;
  return 'no';
end $$;

-- ---------------------------------------------------------------- the sender's words
-- The right words open at once, also while wrong ones wait: 66 bits behind Argon2id are not guessed, and somebody who knows only the first two words could otherwise
-- keep a child from the answer by sending a wrong try each minute.
create or replace function app.public_prove(p_locator bigint, p_proof_hash bytea) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare c record;
begin
  select x.contact_id, x.proof_hash, x.fails, x.next_try into c from app.conversation x where x.locator = p_locator for update;
  if found and c.proof_hash = p_proof_hash then
    update app.conversation set fails = 0, next_try = '-infinity', last_day = app.moscow_day() where contact_id = c.contact_id and (fails > 0 or last_day <> app.moscow_day());
    return c.contact_id;
  end if;
  if found and clock_timestamp() >= c.next_try then
    update app.conversation set fails = c.fails + 1,
      next_try = case when c.fails >= 2 then clock_timestamp() + make_interval(secs => least(64, 2 ^ (c.fails - 1))) else '-infinity' end where contact_id = c.contact_id;
  end if;
  insert into app.public_count as p (day, what, n) values (app.moscow_day(), 'return_failed', 1) on conflict (day, what) do update set n = p.n + 1;
  return null;
end $$;
-- New reports go to the intake team whose key is oldest: an administrator who makes a team of his own and calls it intake must not draw them there.
create or replace function app.public_desk() returns table (team_id uuid, key_version integer, public_x bytea, recovery_public bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select t.id, k.version, k.public_x, i.recovery_public
    from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.retired_at is null, app.installation i
   where t.intake and t.state = 'active'
   order by (select min(o.made_at) from app.team_key o where o.team_id = t.id and o.compartment = 4), t.id, k.version desc limit 1 $$;

-- ---------------------------------------------------------------- wraps
-- Nobody may delete a wrap, so that a stolen session cannot make a record unreadable for ever; writing over it would be the same. The wraps of the recovery kit and of
-- its epochs, and those that stand under a team key, stay as they are; a key of another version begins where nothing is sealed with it yet, which nothing here does.
create function app.wrap_stays() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if current_user <> 'staff_rw' then return new; end if;
  if tg_op = 'INSERT' then
    if new.dek_version <> 1 then raise exception 'no such key' using errcode = '42501'; end if;
    return new;
  end if;
  if old.holder in ('epoch', 'recovery') or (old.holder = 'team' and old.form = 1) then return old; end if;
  return new;
end $$;
revoke all on function app.wrap_stays() from public;
alter function app.wrap_stays() owner to authz;
create trigger wrap_stays before insert or update on app.key_wrap for each row execute function app.wrap_stays();
