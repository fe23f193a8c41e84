-- How long contacts are kept. The clock starts when a person has read the last message and closed the contact, and stops with every new message. What became of a
-- contact is sealed; a job that reads plain columns alone needs to know three kinds of ending: `spam`, `aside` (no concern about a child, or hostile: in no list), and
-- any other. `in_danger`: somebody said once that they are not safe, or a person judged so; no job ever takes such a contact.
set role owner;
alter table app.contact add column closed_at timestamptz, add column closing text check (closing in ('ordinary', 'spam', 'aside')), add column in_danger boolean not null default false;
create function app.contact_clock() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.in_danger := new.safe_now = 'no' or coalesce(new.urgency = 'now', false) or (tg_op = 'UPDATE' and old.in_danger);
  if new.state <> 'closed' then new.closed_at := null; new.closing := null;
  elsif new.unread then new.closed_at := null;
  elsif tg_op = 'INSERT' or old.state <> 'closed' or old.unread or new.closed_at is null then
    new.closed_at := to_timestamp(floor(extract(epoch from now()) / 900) * 900);
    -- Closed again is judged again.
    if tg_op = 'INSERT' or old.state <> 'closed' then new.closing := coalesce(new.closing, 'ordinary'); end if;
  end if;
  return new;
end $$;
revoke all on function app.contact_clock() from public;
create index contact_to_shred on app.contact (closed_at) where state = 'closed' and not unread and not in_danger;
-- What was taken away, so that it does not come back out of an older copy: in a backup it stands with the keys, of which the newest opens every older content.
create table app.tombstone (record uuid primary key, kind text not null check (kind in ('contact')), erased_on date not null, why text not null check (why in ('spam', 'closed')));
alter table app.tombstone enable row level security;
alter table app.tombstone force row level security;
revoke all on app.tombstone from public;
grant select on app.tombstone to backup_ro;
create policy backup_read on app.tombstone for select to backup_ro using (true);
grant select, insert on app.tombstone to scribe;
create policy scribe_all on app.tombstone for all to scribe using (true) with check (true);
reset role;
-- Of what was closed before today the clock starts today.
update app.contact set in_danger = (safe_now = 'no' or coalesce(urgency = 'now', false)),
  closing = case when state = 'closed' then 'ordinary' end, closed_at = case when state = 'closed' and not unread then app.quarter() end;
create trigger clock before insert or update on app.contact for each row execute function app.contact_clock();

set role owner;
grant select, delete on app.contact, app.conversation, app.message, app.messenger_chat, app.messenger_link, app.sealed, app.key_wrap, app.journal_part, app.screening, app.stored_file, app.file_key to scribe;
grant select on app.emergency_card, app.page_call, app.case_record to scribe;
grant select, delete on app.unlocked_work to scribe;
create policy scribe_shreds on app.unlocked_work for all to scribe using (true) with check (true);
create policy scribe_asks on app.case_record for select to scribe using (true);
reset role;

-- Takes away what one contact said and every key to it. Its journal keeps the headers, and one more: "contact_erased". The caller has looked whether it may.
create function app.shred_contact(p_id uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid;
begin
  select home_group into g from app.record_head where record = p_id;
  delete from app.key_wrap where record = p_id and kind = 'contact';
  delete from app.messenger_link where contact_id = p_id;
  delete from app.messenger_chat where contact_id = p_id;
  delete from app.message where contact_id = p_id;
  delete from app.conversation where contact_id = p_id;
  delete from app.sealed where record = p_id and kind = 'contact';
  delete from app.journal_part where record = p_id and kind = 'contact';
  delete from app.screening where record = p_id;
  delete from app.file_key where record = p_id;
  delete from app.stored_file where record = p_id;
  delete from app.unlocked_work where record = p_id;
  delete from app.contact where id = p_id;
  if g is not null and not exists (select from app.journal j where j.record = p_id and j.type = 'contact_erased') then
    perform app.journal_write(p_id, 'contact', g, 'contact_erased', null, gen_random_uuid(), '{}', '{}', '{}');
  end if;
end $$;

-- May a job take it? Never: unread, open, once in danger, paged or with a card for an emergency, with a learned fact that must be reported, or one that became a case.
create function app.may_shred(c app.contact) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select c.state = 'closed' and not c.unread and not c.in_danger and c.closed_at is not null
     and c.safe_now <> 'no' and c.urgency is distinct from 'now'
     and not exists (select from app.emergency_card e where e.record = c.id)
     and not exists (select from app.page_call p where p.record = c.id)
     and not exists (select from app.screening s where s.record = c.id and s.fact_learned is not null)
     and not exists (select from app.case_record k where k.contact_id = c.id) $$;

-- Called by the worker. The shortest times stand here: whoever has the worker's password cannot take away what was closed yesterday.
create function app.shred_contacts(p_spam_hours integer, p_days integer, p_limit integer, out spam integer, out closed integer)
language plpgsql security definer set search_path = pg_catalog as $$
declare c app.contact;
begin
  if p_spam_hours < 72 or p_days < 90 then raise exception 'too soon' using errcode = '22023'; end if;
  spam := 0; closed := 0;
  for c in select x.* from app.contact x
            where x.state = 'closed' and not x.unread and not x.in_danger
              and x.closed_at < now() - case when x.closing = 'spam' then make_interval(hours => p_spam_hours) else make_interval(days => p_days) end
            order by x.closed_at limit p_limit for update skip locked loop
    continue when not app.may_shred(c);
    insert into app.tombstone (record, kind, erased_on, why) values (c.id, 'contact', app.moscow_day(), case when c.closing = 'spam' then 'spam' else 'closed' end) on conflict do nothing;
    perform app.shred_contact(c.id);
    if c.closing = 'spam' then spam := spam + 1; else closed := closed + 1; end if;
  end loop;
end $$;

-- After a restore, before anybody unlocks anything: what was taken away since the content was copied is taken away again.
create function app.replay_tombstones() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare r uuid; n integer := 0;
begin
  for r in select t.record from app.tombstone t where exists (select from app.contact c where c.id = t.record) or exists (select from app.key_wrap w where w.record = t.record)
           or exists (select from app.message m where m.contact_id = t.record) loop
    perform app.shred_contact(r);
    n := n + 1;
  end loop;
  return n;
end $$;
do $$ declare f text; begin
  foreach f in array array['app.shred_contact(uuid)', 'app.may_shred(app.contact)', 'app.shred_contacts(integer, integer, integer)', 'app.replay_tombstones()'] loop
    execute format('alter function %s owner to scribe', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function app.shred_contacts(integer, integer, integer) to job;
grant execute on function app.moscow_day() to scribe;
set role owner;
select pgboss.create_queue('retention', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
