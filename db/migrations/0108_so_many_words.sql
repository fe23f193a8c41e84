-- A conversation of the chat takes 120 messages and half a megabyte in a quarter of an hour.
create or replace function app.public_chat_append(p_locator bigint, p_proof_hash bytea, p_message uuid, p_digest bytea, p_sealed bytea, p_prekey uuid, out status text, out seq integer)
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
  -- Nobody writes so much in a quarter of an hour; a script would fill the disk with a hundred conversations.
  if n > 1000 or (select count(*) >= 120 or coalesce(sum(octet_length(m.sealed)), 0) > 524288 from app.message m where m.contact_id = who and m.direction = 'in' and m.at = app.quarter()) then
    status := 'full'; return;
  end if;
  insert into app.command_seen (id, actor, digest, record) values (p_message, null, p_digest, who) on conflict (id) do nothing;
  if not found then status := 'refused'; return; end if;
  insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, prekey_id) values (p_message, who, g, n, 'in', app.quarter(), p_sealed, p_prekey);
  update app.contact set unread = true, version = version + 1 where id = who;
  perform app.journal_write(who, 'contact', g, 'sender_wrote', null, p_message, '{}', '{}', '{}');
  status := 'saved'; seq := n;
end $$;
