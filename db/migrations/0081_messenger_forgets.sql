-- A messenger's chat and the keys of its conversation go a month after the last word of what was closed, and with the contact itself; looked for now and then, by the
-- question that the messenger process asks twice a second. What is written after that begins another contact, as it does after any closing.
set role owner;
alter table app.messenger_chat drop constraint messenger_chat_contact_id_fkey, add foreign key (contact_id) references app.contact on delete cascade;
alter table app.messenger_link drop constraint messenger_link_contact_id_fkey, add foreign key (contact_id) references app.contact on delete cascade;
-- Answers that wait are few among all that was ever sent.
create index message_waits_for_messenger on app.message (contact_id, seq) where direction = 'out' and sealed_out is not null and delivery is null and not acknowledged;
reset role;
create function app.messenger_forgets() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  delete from app.messenger_link l where l.until < now();
  delete from app.messenger_chat h using app.contact c, app.conversation v
   where c.id = h.contact_id and v.contact_id = h.contact_id and c.state = 'closed' and v.last_day < app.moscow_day() - 30
     and not exists (select from app.message m where m.contact_id = c.id and m.at > now() - interval '30 days');
  get diagnostics n = row_count;
  return n;
end $$;
alter function app.messenger_forgets() owner to intake;
revoke all on function app.messenger_forgets() from public;

create or replace function app.public_bot_due(p_channels text[]) returns table (message uuid, tries smallint, channel text, lookup bytea, contact_id uuid, sealed bytea, bundle bytea, sealed_out bytea)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if random() < 0.001 then perform app.messenger_forgets(); end if;
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
