-- Messengers as doors. A chat is found by an HMAC of its address under a key made from the install secret; the address and the keys of its conversation lie sealed under
-- that key too, so that a stolen database knows neither who wrote nor what. Both tables belong to the public functions alone: no staff role sees them.
set role owner;
create table app.messenger_chat (
  lookup_hmac bytea primary key, contact_id uuid not null unique references app.contact, home_group uuid not null,
  channel text not null check (channel in ('telegram', 'vk')),
  sealed bytea not null,                      -- where answers go and in which language: under the messenger process's key
  bundle bytea not null,                      -- the conversation's box key and story key, under the same
  moved boolean not null default false        -- the sender went to the page: answers wait there and are sent here no more
);
-- A way to the page for one contact: once, for a quarter of an hour. The token is nowhere; it opens the bundle.
create table app.messenger_link (
  token_hash bytea primary key, contact_id uuid not null references app.contact, home_group uuid not null, bundle bytea not null, until timestamptz not null
);
create index on app.messenger_link (contact_id);
-- Through which messenger a message came, and what became of an answer there.
alter table app.message add column via text check (via in ('telegram', 'vk')), add column delivery text check (delivery in ('sent', 'blocked', 'failed')),
  add column delivery_tries smallint not null default 0, add column delivery_next timestamptz not null default '-infinity';
reset role;
call app_meta.hang_on_record('messenger_chat', 'contact_id');
call app_meta.hang_on_record('messenger_link', 'contact_id');
grant select, insert, delete, update (sealed, moved) on app.messenger_chat to intake;
grant select, insert, delete on app.messenger_link to intake;
create policy intake_all on app.messenger_chat for all to intake using (true) with check (true);
create policy intake_all on app.messenger_link for all to intake using (true) with check (true);
grant update (delivery, delivery_tries, delivery_next, sealed_out) on app.message to intake;
grant update (locator, salt, kdf, ck_wrapped, proof_hash) on app.conversation to intake;

-- The chat of an open contact. Nothing: nobody wrote from there, or what was written is closed, and the next word begins anew.
create function app.public_bot_chat(p_lookup bytea) returns table (contact_id uuid, sealed bytea, bundle bytea, moved boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select m.contact_id, m.sealed, m.bundle, m.moved from app.messenger_chat m join app.contact c on c.id = m.contact_id where m.lookup_hmac = p_lookup and c.state <> 'closed' $$;

-- The first word of a chat: one contact, as public_submit makes one. status: 'saved' · 'same' (this message is here) · 'known' (the chat has an open contact: append) ·
-- 'closed' (no such desk any more: ask again). The conversation has no words until the sender moves to the page: its locator is below zero, where no words lead.
create function app.public_bot_submit(p_lookup bytea, p_channel text, p_contact uuid, p_message uuid, p_team uuid, p_key_version integer, p_locator bigint, p_salt bytea,
  p_kdf text, p_ck_public bytea, p_ck_wrapped bytea, p_proof_hash bytea, p_received timestamptz, p_message_sealed bytea, p_sealed bytea, p_part bytea, p_team_wrap bytea,
  p_recovery_wrap bytea, p_chat_sealed bytea, p_bundle bytea, out status text)
language plpgsql security definer set search_path = pg_catalog as $$
declare old text;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(p_lookup, 'hex'), 7380));
  if exists (select from app.message m where m.id = p_message) then status := 'same'; return; end if;
  select c.state into old from app.messenger_chat m join app.contact c on c.id = m.contact_id where m.lookup_hmac = p_lookup;
  if found and old <> 'closed' then status := 'known'; return; end if;
  if abs(extract(epoch from p_received - app.quarter())) > 3600 or extract(epoch from p_received)::bigint % 900 <> 0 then raise exception 'clock' using errcode = '22023'; end if;
  if octet_length(p_lookup) <> 32 or octet_length(p_message_sealed) > 65536 or octet_length(p_sealed) > 65536 or octet_length(p_part) > 65536 or octet_length(p_salt) <> 16
     or octet_length(p_proof_hash) <> 32 or octet_length(p_ck_public) <> 32 or octet_length(p_chat_sealed) > 2048 or octet_length(p_bundle) > 512 or octet_length(p_ck_wrapped) > 512
     or p_locator >= 0 or p_channel not in ('telegram', 'vk') or p_kdf !~ '^[a-z0-9=,:-]{1,60}$' then
    raise exception 'malformed' using errcode = '22023';
  end if;
  if not exists (select from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.version = p_key_version and k.retired_at is null
                  where t.id = p_team and t.intake and t.state = 'active') then
    status := 'closed'; return;
  end if;
  insert into app.contact (id, home_group, channel, received, safe_now, urgency, state, unread, version)
    values (p_contact, p_team, p_channel, p_received, 'not_asked', null, 'new', true, 1);
  insert into app.conversation (contact_id, home_group, submission, digest, attempt, locator, salt, kdf, ck_public, ck_wrapped, proof_hash, sealed_by, last_day)
    values (p_contact, p_team, p_message, p_proof_hash, 0, p_locator, p_salt, p_kdf, p_ck_public, p_ck_wrapped, p_proof_hash, 'server', app.moscow_day());
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, via) values (p_message, p_contact, p_team, 1, 'in', p_received, p_message_sealed, p_channel);
  insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values
    (p_contact, 'contact', 4, p_team, 1, 'team', p_team, p_key_version, 0, p_team_wrap),
    (p_contact, 'contact', 4, p_team, 1, 'recovery', '00000000-0000-0000-0000-000000000000', 0, 0, p_recovery_wrap);
  insert into app.sealed (record, kind, compartment, home_group, dek_version, value) values (p_contact, 'contact', 4, p_team, 1, p_sealed);
  insert into app.unlocked_work (id, kind, record, home_group) values (gen_random_uuid(), 'contact_received', p_contact, p_team);
  perform app.journal_write(p_contact, 'contact', p_team, 'contact_received', null, p_message, array[4]::smallint[], array[p_part], array[1]::smallint[]);
  -- The chat leaves the closed contact: nothing of that one can be opened or answered from here any more.
  delete from app.messenger_chat m where m.lookup_hmac = p_lookup;
  insert into app.messenger_chat (lookup_hmac, contact_id, home_group, channel, sealed, bundle) values (p_lookup, p_contact, p_team, p_channel, p_chat_sealed, p_bundle);
  status := 'saved';
end $$;

-- A further message. status: 'saved' · 'same' · 'full' (300 messages) · 'unknown' (no open contact: submit). Who writes can be written to again: what could not be
-- delivered is tried anew.
create function app.public_bot_append(p_lookup bytea, p_message uuid, p_sealed bytea, out status text)
language plpgsql security definer set search_path = pg_catalog as $$
declare who record; n integer;
begin
  if octet_length(p_sealed) > 65536 then raise exception 'malformed' using errcode = '22023'; end if;
  if exists (select from app.message m where m.id = p_message) then status := 'same'; return; end if;
  select c.id, c.home_group, m.channel into who from app.messenger_chat m join app.contact c on c.id = m.contact_id
   where m.lookup_hmac = p_lookup and c.state <> 'closed' for update of c;
  if not found then status := 'unknown'; return; end if;
  -- The same update may have come twice at once: the second waited at the contact's row.
  if exists (select from app.message m where m.id = p_message) then status := 'same'; return; end if;
  select coalesce(max(m.seq), 0) + 1 into n from app.message m where m.contact_id = who.id;
  if n > 300 then status := 'full'; return; end if;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, via) values (p_message, who.id, who.home_group, n, 'in', app.quarter(), p_sealed, who.channel);
  update app.contact set unread = true, version = version + 1 where id = who.id;
  update app.message set delivery = null, delivery_tries = 0, delivery_next = '-infinity' where contact_id = who.id and direction = 'out' and delivery in ('blocked', 'failed');
  perform app.journal_write(who.id, 'contact', who.home_group, 'sender_wrote', null, p_message, '{}', '{}', '{}');
  status := 'saved';
end $$;

-- Another language, another name of the same chat.
create function app.public_bot_keep(p_lookup bytea, p_sealed bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if octet_length(p_sealed) > 2048 then raise exception 'malformed' using errcode = '22023'; end if;
  update app.messenger_chat set sealed = p_sealed where lookup_hmac = p_lookup;
  return found;
end $$;

-- The chat is let go: the next word from there begins another contact. What was said stays with the desk.
create function app.public_bot_forget(p_lookup bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from app.messenger_link l using app.messenger_chat m where m.lookup_hmac = p_lookup and l.contact_id = m.contact_id;
  delete from app.messenger_chat where lookup_hmac = p_lookup;
  return found;
end $$;

-- A new way to the page; the one before it ends. False once the sender has moved: who holds the telephone later must not open what the words protect.
create function app.public_bot_link(p_lookup bytea, p_token_hash bytea, p_bundle bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare who record;
begin
  if octet_length(p_token_hash) <> 32 or octet_length(p_bundle) > 512 then raise exception 'malformed' using errcode = '22023'; end if;
  select m.contact_id, m.home_group into who from app.messenger_chat m where m.lookup_hmac = p_lookup and not m.moved for update;
  if not found then return false; end if;
  delete from app.messenger_link l where l.contact_id = who.contact_id or l.until < now();
  insert into app.messenger_link (token_hash, contact_id, home_group, bundle, until) values (p_token_hash, who.contact_id, who.home_group, p_bundle, now() + interval '15 minutes');
  return true;
end $$;

-- Looking at a link does not use it up: messengers fetch addresses by themselves.
create function app.public_bot_open(p_token bytea) returns table (contact_id uuid, bundle bytea) language sql stable security definer set search_path = pg_catalog as $$
  select l.contact_id, l.bundle from app.messenger_link l join app.contact c on c.id = l.contact_id where l.token_hash = sha256(p_token) and l.until > now() and c.state <> 'closed' $$;

-- The contact gets words, and the link is used up. status: 'moved' · 'taken' (another conversation has this locator: the next words) · 'gone'.
create function app.public_bot_move(p_token bytea, p_locator bigint, p_salt bytea, p_kdf text, p_ck_wrapped bytea, p_proof_hash bytea, out status text)
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid;
begin
  if p_locator < 0 or octet_length(p_salt) <> 16 or octet_length(p_proof_hash) <> 32 or octet_length(p_ck_wrapped) > 512 or p_kdf !~ '^[a-z0-9=,:-]{1,60}$' then
    raise exception 'malformed' using errcode = '22023';
  end if;
  select m.contact_id into who from app.messenger_link l join app.messenger_chat m on m.contact_id = l.contact_id join app.contact c on c.id = l.contact_id
   where l.token_hash = sha256(p_token) and l.until > now() and not m.moved and c.state <> 'closed' for update of m;
  if not found then status := 'gone'; return; end if;
  begin
    update app.conversation set locator = p_locator, salt = p_salt, kdf = p_kdf, ck_wrapped = p_ck_wrapped, proof_hash = p_proof_hash where contact_id = who;
  exception when unique_violation then
    status := 'taken'; return;
  end;
  delete from app.messenger_link l where l.contact_id = who;
  update app.messenger_chat set moved = true where contact_id = who;
  status := 'moved';
end $$;

-- Answers that wait for a messenger, the oldest of each contact only, so that none overtakes another. What is given out is not given out again for a while: half a minute,
-- then ever longer up to an hour.
create function app.public_bot_due(p_channels text[]) returns table (message uuid, tries smallint, channel text, lookup bytea, contact_id uuid, sealed bytea, bundle bytea, sealed_out bytea)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
    with due as (
      select m.id, h.channel, h.lookup_hmac, h.contact_id, h.sealed, h.bundle from app.messenger_chat h join app.contact c on c.id = h.contact_id
        cross join lateral (select x.id, x.delivery_next from app.message x where x.contact_id = h.contact_id and x.direction = 'out' and x.sealed_out is not null and x.delivery is null
                             and not x.acknowledged order by x.seq limit 1) m
       where not h.moved and c.state <> 'closed' and h.channel = any (p_channels) and m.delivery_next <= now() limit 50
    ), held as (select x.id from app.message x where x.id in (select d.id from due d) and x.delivery is null and x.delivery_next <= now() for update skip locked)
    update app.message x set delivery_tries = x.delivery_tries + 1, delivery_next = now() + make_interval(secs => least(3600, 30 * 2 ^ x.delivery_tries))
      from due d where x.id = d.id and x.id in (select t.id from held t)
    returning x.id, x.delivery_tries, d.channel, d.lookup_hmac, d.contact_id, d.sealed, d.bundle, x.sealed_out;
end $$;

-- What became of it. The copy for the messenger is deleted with the sending; the desk's own stays. 'later': try again in so many seconds.
create function app.public_bot_sent(p_message uuid, p_state text, p_wait integer) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_state not in ('sent', 'blocked', 'failed', 'later') then raise exception 'malformed' using errcode = '22023'; end if;
  update app.message m set delivery = nullif(p_state, 'later'), sealed_out = case when p_state = 'sent' then null else m.sealed_out end,
      delivery_next = case when p_state = 'later' then now() + make_interval(secs => greatest(1, least(3600, p_wait))) else m.delivery_next end
   where m.id = p_message and m.direction = 'out' and m.delivery is null and exists (select from app.messenger_chat h where h.contact_id = m.contact_id);
  return found;
end $$;

do $$ declare f record; begin
  for f in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'app' and p.proname like 'public\_bot\_%' loop
    execute format('alter function %s owner to intake', f.name);
    execute format('revoke all on function %s from public', f.name);
    execute format('grant execute on function %s to public_in', f.name);
  end loop;
end $$;
