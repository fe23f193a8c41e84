-- Help chat: sealed on the sender's device to a key of the day (security.md §2.6), and what the desk tells about itself before anybody writes.
set role owner;
-- One pair for each team and day. The private half is sealed under the team's story key (a record of its own, one for each team); taken away after a while, and with it
-- every box that was made for it: what was sealed in spring is not opened by whoever steals everything in autumn.
create table app.prekey (
  id uuid primary key, home_group uuid not null, day date not null, public_x bytea not null, sealed bytea not null,
  unique (home_group, day), check (octet_length(public_x) = 32)
);
-- A message that waits in a box for that key; null: under the contact's own story key. The reference is the promise that no key goes while a box waits for it.
alter table app.message add column prekey_id uuid references app.prekey;
create index on app.message (prekey_id) where prekey_id is not null;
-- "Somebody is here": the sender let the screen turn neutral. Until they come back with the agreed word, whoever answers may be read by somebody else.
alter table app.conversation add column watched boolean not null default false;
-- When somebody answers: seven days from Monday, each null or two minutes of the day.
create table app.desk_hours (
  home_group uuid primary key, hours jsonb not null,
  check (jsonb_typeof(hours) = 'array' and jsonb_array_length(hours) = 7 and octet_length(hours::text) <= 200)
);
reset role;
call app_meta.hang_on_record('prekey', 'id');
call app_meta.hang_on_record('desk_hours', 'home_group');

create trigger tells_live after update of watched on app.conversation for each row when (old.watched is distinct from new.watched) execute function app.tell_live();

grant select, delete on app.prekey to intake;
grant select on app.desk_hours to intake;
grant select (id, time_zone) on app.agency to intake;
grant update (watched) on app.conversation to intake;
create policy intake_all on app.prekey for all to intake using (true) with check (true);
create policy intake_all on app.desk_hours for all to intake using (true) with check (true);
create policy intake_read on app.agency for select to intake using (true);

-- Is anybody of the desk signed in now? Yes or no, of a team; never who.
create function app.desk_staffed(p_team uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.member m join app.session s on s.user_id = m.user_id
    where m.team_id = p_team and m.function in ('desk', 'casework') and m.confirmed_by is not null and now() < m.until
      and now() < s.expires_at and now() < s.idle_until and s.revoked_at is null and s.locked_at is null) $$;
alter function app.desk_staffed(uuid) owner to authz;
revoke all on function app.desk_staffed(uuid) from public;
grant execute on function app.desk_staffed(uuid) to intake;

-- What the desk says of itself: its hours and their time zone, whether somebody is there, whether many wait.
create function app.public_desk_state() returns table (hours jsonb, zone text, staffed boolean, busy boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select h.hours, a.time_zone, app.desk_staffed(t.id),
         (select count(*) from (select from app.contact c where c.home_group = t.id and c.unread and c.state in ('new', 'open') limit 5) w) = 5
    from app.public_desk() d join app.team t on t.id = d.team_id join app.agency a on a.id = t.agency_id left join app.desk_hours h on h.home_group = t.id $$;

-- The key of today: of the desk, or of the team that a conversation has gone to. No row: the sender seals under the contact's own key.
create function app.public_prekey(p_locator bigint, p_proof_hash bytea) returns table (id uuid, public_x bytea)
language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid;
begin
  if p_locator is null then select d.team_id into g from app.public_desk() d;
  else select c.home_group into g from app.contact c where c.id = app.public_prove(p_locator, p_proof_hash); end if;
  return query select k.id, k.public_x from app.prekey k where k.home_group = g and k.day = app.moscow_day();
end $$;
-- Good for a night longer than its day: a message may be on its way at midnight, or wait for the network.
create function app.prekey_good(p_prekey uuid, p_group uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select p_prekey is null or exists (select from app.prekey k where k.id = p_prekey and k.home_group = p_group and k.day between app.moscow_day() - 2 and app.moscow_day()) $$;

-- A conversation begins: one transaction, one contact; like public_submit, from a further door, and sealed by the device where it could. Statuses as there, and
-- 'no_prekey': that key is not the desk's any more.
create function app.public_begin(p_channel text, p_sealed_by text, p_prekey uuid, p_contact uuid, p_submission uuid, p_digest bytea, p_attempt smallint, p_team uuid,
  p_key_version integer, p_locator bigint, p_salt bytea, p_kdf text, p_ck_public bytea, p_ck_wrapped bytea, p_proof_hash bytea, p_safe_now text, p_received timestamptz,
  p_message uuid, p_message_sealed bytea, p_sealed bytea, p_part bytea, p_team_wrap bytea, p_recovery_wrap bytea, out status text, out attempt smallint)
language plpgsql security definer set search_path = pg_catalog as $$
declare old record; hit text;
begin
  if p_channel not in ('chat', 'concern') then raise exception 'channel' using errcode = '22023'; end if;
  perform pg_advisory_xact_lock(hashtextextended(p_submission::text, 7302));
  select c.digest, c.attempt into old from app.conversation c where c.submission = p_submission;
  if found then
    status := case when old.digest = p_digest then 'same' else 'refused' end;
    attempt := case when old.digest = p_digest then old.attempt end;
    return;
  end if;
  attempt := p_attempt;
  if abs(extract(epoch from p_received - app.quarter())) > 3600 or extract(epoch from p_received)::bigint % 900 <> 0 then raise exception 'clock' using errcode = '22023'; end if;
  if octet_length(p_message_sealed) > 65536 or octet_length(p_sealed) > 65536 or octet_length(p_part) > 65536 or octet_length(p_ck_wrapped) > 512
     or octet_length(p_team_wrap) > 512 or octet_length(p_recovery_wrap) > 512
     or octet_length(p_salt) <> 16 or octet_length(p_proof_hash) <> 32 or octet_length(p_ck_public) <> 32 or octet_length(p_digest) <> 32 or p_kdf !~ '^[a-z0-9=,:-]{1,60}$' then
    raise exception 'malformed' using errcode = '22023';
  end if;
  if not exists (select from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.version = p_key_version and k.retired_at is null
                  where t.id = p_team and t.intake and t.state = 'active') then
    status := 'closed'; return;
  end if;
  if not app.prekey_good(p_prekey, p_team) then status := 'no_prekey'; return; end if;
  -- Ids come from outside: one that is taken by anything is refused, whatever it is.
  if exists (select from app.key_wrap w where w.record = p_contact) or exists (select from app.message m where m.id = p_message) then status := 'refused'; return; end if;
  begin
    insert into app.contact (id, home_group, channel, received, safe_now, urgency, state, unread, version)
      values (p_contact, p_team, p_channel, p_received, p_safe_now, null, 'new', true, 1);
    insert into app.conversation (contact_id, home_group, submission, digest, attempt, locator, salt, kdf, ck_public, ck_wrapped, proof_hash, sealed_by, last_day)
      values (p_contact, p_team, p_submission, p_digest, p_attempt, p_locator, p_salt, p_kdf, p_ck_public, p_ck_wrapped, p_proof_hash, p_sealed_by, app.moscow_day());
  exception when unique_violation then
    get stacked diagnostics hit = constraint_name;
    status := case when hit = 'conversation_locator_key' then 'taken' else 'refused' end;
    return;
  end;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, prekey_id) values (p_message, p_contact, p_team, 1, 'in', p_received, p_message_sealed, p_prekey);
  insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values
    (p_contact, 'contact', 4, p_team, 1, 'team', p_team, p_key_version, 0, p_team_wrap),
    (p_contact, 'contact', 4, p_team, 1, 'recovery', '00000000-0000-0000-0000-000000000000', 0, 0, p_recovery_wrap);
  insert into app.sealed (record, kind, compartment, home_group, dek_version, value) values (p_contact, 'contact', 4, p_team, 1, p_sealed);
  insert into app.unlocked_work (id, kind, record, home_group) values (gen_random_uuid(), 'contact_received', p_contact, p_team);
  perform app.journal_write(p_contact, 'contact', p_team, 'contact_received', null, p_submission, array[4]::smallint[], array[p_part], array[1]::smallint[]);
  status := 'saved';
end $$;

-- A further message of a chat, in a box for the key of the day or under the contact's own key. Statuses as of public_append, and 'no_prekey'.
create function app.public_chat_append(p_locator bigint, p_proof_hash bytea, p_message uuid, p_digest bytea, p_sealed bytea, p_prekey uuid, out status text, out seq integer)
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash); g uuid; n integer; old record;
begin
  if who is null then status := 'unknown'; return; end if;
  if octet_length(p_sealed) > 65536 or octet_length(p_digest) <> 32 then raise exception 'malformed' using errcode = '22023'; end if;
  select m.contact_id, m.seq, (select s.digest from app.command_seen s where s.id = m.id and s.actor is null) as digest into old from app.message m where m.id = p_message;
  if found then
    if old.contact_id = who and coalesce(old.digest, p_digest) = p_digest then status := 'same'; seq := old.seq; else status := 'refused'; end if;
    return;
  end if;
  select c.home_group into g from app.contact c where c.id = who for update;
  if not app.prekey_good(p_prekey, g) then status := 'no_prekey'; return; end if;
  select coalesce(max(m.seq), 0) + 1 into n from app.message m where m.contact_id = who;
  if n > 1000 then status := 'full'; return; end if;
  insert into app.command_seen (id, actor, digest, record) values (p_message, null, p_digest, who) on conflict (id) do nothing;
  if not found then status := 'refused'; return; end if;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, prekey_id) values (p_message, who, g, n, 'in', app.quarter(), p_sealed, p_prekey);
  update app.contact set unread = true, version = version + 1 where id = who;
  perform app.journal_write(who, 'contact', g, 'sender_wrote', null, p_message, '{}', '{}', '{}');
  status := 'saved'; seq := n;
end $$;

-- "Somebody is here" and "I am back". False: unknown or wrong.
create function app.public_chat_watched(p_locator bigint, p_proof_hash bytea, p_command uuid, p_watched boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash); g uuid;
begin
  if who is null then return false; end if;
  update app.conversation set watched = p_watched where contact_id = who and watched <> p_watched;
  if found then
    select c.home_group into g from app.contact c where c.id = who;
    perform app.journal_write(who, 'contact', g, case when p_watched then 'sender_watched' else 'sender_alone' end, null, p_command, '{}', '{}', '{}');
  end if;
  return true;
end $$;

-- Private halves of days long past go; one that a message still waits for stays, however old.
create function app.sweep_prekeys(p_days integer) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  if p_days < 3 then raise exception 'days' using errcode = '22023'; end if;
  delete from app.prekey k where k.day < app.moscow_day() - p_days and not exists (select from app.message m where m.prekey_id = k.id);
  get diagnostics n = row_count;
  return n;
end $$;

do $$ declare f text; begin
  foreach f in array array['app.public_desk_state()', 'app.public_prekey(bigint, bytea)', 'app.prekey_good(uuid, uuid)', 'app.sweep_prekeys(integer)',
    'app.public_begin(text, text, uuid, uuid, uuid, bytea, smallint, uuid, integer, bigint, bytea, text, bytea, bytea, bytea, text, timestamptz, uuid, bytea, bytea, bytea, bytea, bytea)',
    'app.public_chat_append(bigint, bytea, uuid, bytea, bytea, uuid)', 'app.public_chat_watched(bigint, bytea, uuid, boolean)'] loop
    execute format('alter function %s owner to intake', f);
    execute format('revoke all on function %s from public', f);
    if f like 'app.public%' then execute format('grant execute on function %s to public_in', f); end if;
  end loop;
end $$;
grant execute on function app.sweep_prekeys(integer) to job;
set role owner;
select pgboss.create_queue('prekeys', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
