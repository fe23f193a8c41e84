-- What the public process may do, and nothing else: public_in has no right on any table and may execute exactly the functions of this file (pinned by a test).
-- All belong to `intake`. Nothing here takes or keeps an address, a browser's name or a language; times are quarters of an hour; sealed values arrive sealed.

-- Same form sent again: its digest is kept like that of any command, so that the journal stays the one record of what happened.
grant select, insert on app.command_seen to intake;
create policy intake_all on app.command_seen for all to intake using (true) with check (true);

create function app.quarter() returns timestamptz language sql stable set search_path = pg_catalog as $$
  select to_timestamp(floor(extract(epoch from now()) / 900) * 900) $$;
create function app.moscow_day() returns date language sql stable set search_path = pg_catalog as $$
  select (now() at time zone 'Europe/Moscow')::date $$;

-- The desk that new reports go to: the intake team that has a story key. No row: nobody has signed in there yet, and a report could be opened by nobody.
create function app.public_desk() returns table (team_id uuid, key_version integer, public_x bytea, recovery_public bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select t.id, k.version, k.public_x, i.recovery_public
    from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.retired_at is null, app.installation i
   where t.intake and t.state = 'active' order by t.id, k.version desc limit 1 $$;

-- One report, one transaction, one contact. status: 'saved' · 'same' (this form was saved before; `attempt` says with which words) · 'refused' (same form, other
-- content) · 'taken' (another conversation has this locator: the caller derives the next words from the same seed) · 'closed' (no such desk any more: ask again).
create function app.public_submit(p_contact uuid, p_submission uuid, p_digest bytea, p_attempt smallint, p_team uuid, p_key_version integer,
  p_locator bigint, p_salt bytea, p_kdf text, p_ck_public bytea, p_ck_wrapped bytea, p_proof_hash bytea, p_safe_now text, p_received timestamptz,
  p_message uuid, p_message_sealed bytea, p_sealed bytea, p_part bytea, p_team_wrap bytea, p_recovery_wrap bytea, out status text, out attempt smallint)
language plpgsql security definer set search_path = pg_catalog as $$
declare old record; hit text;
begin
  -- A child presses the button eight times: they wait for each other here, and seven are told what the first one was told.
  perform pg_advisory_xact_lock(hashtextextended(p_submission::text, 7302));
  select c.digest, c.attempt into old from app.conversation c where c.submission = p_submission;
  if found then
    status := case when old.digest = p_digest then 'same' else 'refused' end;
    attempt := case when old.digest = p_digest then old.attempt end;
    return;
  end if;
  attempt := p_attempt;
  -- The caller's clock, because the same time stands in the sealed part; it may be no other than now.
  if abs(extract(epoch from p_received - app.quarter())) > 3600 or extract(epoch from p_received)::bigint % 900 <> 0 then raise exception 'clock' using errcode = '22023'; end if;
  if octet_length(p_message_sealed) > 65536 or octet_length(p_sealed) > 65536 or octet_length(p_part) > 65536 or octet_length(p_ck_wrapped) > 512
     or octet_length(p_salt) <> 16 or octet_length(p_proof_hash) <> 32 or octet_length(p_ck_public) <> 32 or octet_length(p_digest) <> 32 or p_kdf !~ '^[a-z0-9=,:-]{1,60}$' then
    raise exception 'malformed' using errcode = '22023';
  end if;
  if not exists (select from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.version = p_key_version and k.retired_at is null
                  where t.id = p_team and t.intake and t.state = 'active') then
    status := 'closed'; return;
  end if;
  begin
    insert into app.contact (id, home_group, channel, received, safe_now, urgency, state, unread, version)
      values (p_contact, p_team, 'report', p_received, p_safe_now, null, 'new', true, 1);
    insert into app.conversation (contact_id, home_group, submission, digest, attempt, locator, salt, kdf, ck_public, ck_wrapped, proof_hash, sealed_by, last_day)
      values (p_contact, p_team, p_submission, p_digest, p_attempt, p_locator, p_salt, p_kdf, p_ck_public, p_ck_wrapped, p_proof_hash, 'server', app.moscow_day());
  exception when unique_violation then
    get stacked diagnostics hit = constraint_name;
    if hit <> 'conversation_locator_key' then raise; end if;
    status := 'taken'; return;
  end;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) values (p_message, p_contact, p_team, 1, 'in', p_received, p_message_sealed);
  insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values
    (p_contact, 'contact', 4, p_team, 1, 'team', p_team, p_key_version, 0, p_team_wrap),
    (p_contact, 'contact', 4, p_team, 1, 'recovery', '00000000-0000-0000-0000-000000000000', 0, 0, p_recovery_wrap);
  insert into app.sealed (record, kind, compartment, home_group, dek_version, value) values (p_contact, 'contact', 4, p_team, 1, p_sealed);
  insert into app.unlocked_work (id, kind, record, home_group) values (gen_random_uuid(), 'contact_received', p_contact, p_team);
  perform app.journal_write(p_contact, 'contact', p_team, 'contact_received', null, p_submission, array[4]::smallint[], array[p_part], array[1]::smallint[]);
  status := 'saved';
end $$;

-- Salt and parameters of a conversation; nothing when there is none, and the caller then answers with a salt that looks and stays the same.
create function app.public_locate(p_locator bigint) returns table (salt bytea, kdf text) language sql stable security definer set search_path = pg_catalog as $$
  select c.salt, c.kdf from app.conversation c where c.locator = p_locator $$;

-- Proof of the secret. After three wrong ones in a row a locator waits 2, 4, 8 … 64 seconds; a try during the wait is not looked at and does not prolong it.
-- The failed ways all write one counter, so that an unknown locator costs a commit like a known one.
create function app.public_prove(p_locator bigint, p_proof_hash bytea) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare c record;
begin
  select x.contact_id, x.proof_hash, x.fails, x.next_try into c from app.conversation x where x.locator = p_locator for update;
  if found and clock_timestamp() >= c.next_try then
    if c.proof_hash = p_proof_hash then
      update app.conversation set fails = 0, next_try = '-infinity', last_day = app.moscow_day() where contact_id = c.contact_id and (fails > 0 or last_day <> app.moscow_day());
      return c.contact_id;
    end if;
    update app.conversation set fails = c.fails + 1,
      next_try = case when c.fails >= 2 then clock_timestamp() + make_interval(secs => least(64, 2 ^ (c.fails - 1))) else '-infinity' end where contact_id = c.contact_id;
  end if;
  insert into app.public_count as p (day, what, n) values (app.moscow_day(), 'return_failed', 1) on conflict (day, what) do update set n = p.n + 1;
  return null;
end $$;

-- What the sender may see: answers not yet marked as read, never the sender's own words. No row: unknown or wrong, which is one answer.
create function app.public_fetch(p_locator bigint, p_proof_hash bytea) returns table (contact_id uuid, ck_public bytea, ck_wrapped bytea, messages jsonb)
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash);
begin
  if who is null then return; end if;
  return query select c.contact_id, c.ck_public, c.ck_wrapped, coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'seq', m.seq, 'at', m.at, 'sealed', encode(m.sealed_out, 'base64')) order by m.seq)
      from app.message m where m.contact_id = c.contact_id and m.direction = 'out' and not m.acknowledged and m.sealed_out is not null), '[]')
    from app.conversation c where c.contact_id = who;
end $$;

-- A further message. status: 'saved' · 'same' (sent before) · 'refused' (same id, other content) · 'full' (300 messages) · 'unknown'.
create function app.public_append(p_locator bigint, p_proof_hash bytea, p_message uuid, p_digest bytea, p_sealed bytea, out status text)
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash); g uuid; n integer; old record;
begin
  if who is null then status := 'unknown'; return; end if;
  if octet_length(p_sealed) > 65536 or octet_length(p_digest) <> 32 then raise exception 'malformed' using errcode = '22023'; end if;
  -- public_prove holds the conversation's row: two sends of one sender wait for each other.
  select m.contact_id, (select s.digest from app.command_seen s where s.id = m.id and s.actor is null) as digest into old from app.message m where m.id = p_message;
  if found then
    -- Remembered commands are forgotten after a while; that this message is here is not.
    status := case when old.contact_id = who and coalesce(old.digest, p_digest) = p_digest then 'same' else 'refused' end;
    return;
  end if;
  select c.home_group into g from app.contact c where c.id = who for update;
  select coalesce(max(m.seq), 0) + 1 into n from app.message m where m.contact_id = who;
  if n > 300 then status := 'full'; return; end if;
  insert into app.command_seen (id, actor, digest, record) values (p_message, null, p_digest, who) on conflict (id) do nothing;
  if not found then status := 'refused'; return; end if;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) values (p_message, who, g, n, 'in', app.quarter(), p_sealed);
  update app.contact set unread = true, version = version + 1 where id = who;
  perform app.journal_write(who, 'contact', g, 'sender_wrote', null, p_message, '{}', '{}', '{}');
  status := 'saved';
end $$;

-- "I have read this": the answers are not shown again. The staff see it. False: unknown or wrong.
create function app.public_acknowledge(p_locator bigint, p_proof_hash bytea, p_command uuid, p_messages uuid[]) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.public_prove(p_locator, p_proof_hash); g uuid;
begin
  if who is null then return false; end if;
  update app.message set acknowledged = true where contact_id = who and direction = 'out' and not acknowledged and id = any (p_messages);
  if found then
    select c.home_group into g from app.contact c where c.id = who;
    perform app.journal_write(who, 'contact', g, 'sender_read', null, p_command, '{}', '{}', '{}');
  end if;
  return true;
end $$;

-- A number is shown when it is always true, or while somebody verified it within a year: a dead helpline costs the one call a child dares to make.
create function app.public_helplines() returns table (country text, number text, names jsonb, hours jsonb, always boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select h.country, h.number, h.names, h.hours, h.always from app.helpline h
   where h.always or (h.verified_on is not null and h.verified_on > app.moscow_day() - interval '12 months') order by h.always desc, h.sort, h.number limit 100 $$;

-- Counts by day, of things in a closed list: no free text can be smuggled into a table that jobs read.
create function app.public_count(p_what text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_what not in ('home', 'urgent', 'report_shown', 'report_sent', 'returned', 'left', 'busy') then return; end if;
  insert into app.public_count as p (day, what, n) values (app.moscow_day(), p_what, 1) on conflict (day, what) do update set n = p.n + 1;
end $$;

do $$ declare f record; begin
  for f in select p.oid::regprocedure as name, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'app' and (p.proname like 'public\_%' or p.proname in ('quarter', 'moscow_day')) loop
    execute format('alter function %s owner to intake', f.name);
    execute format('revoke all on function %s from public', f.name);
    if f.proname not in ('public_prove', 'quarter', 'moscow_day') then execute format('grant execute on function %s to public_in', f.name); end if;
  end loop;
end $$;
