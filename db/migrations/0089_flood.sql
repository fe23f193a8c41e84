-- A bound for the disk when a flood gets past everything else: so many new conversations from outside in a quarter of an hour, generous for any desk (600 and 160 more
-- each minute), and counted by the coarse time that stands in the row anyway. The senders are asked to try again in a minute, and told whom to call; what staff write
-- down, and what is added to a conversation, is never refused.
set role owner;
create index contact_of_quarter on app.contact (received) where channel in ('report', 'chat', 'concern', 'telegram', 'vk');
create function app.flood_cap() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare n integer; most integer := 600 + 160 * floor(extract(epoch from now() - app.quarter()) / 60)::integer;
begin
  select count(*) into n from (select from app.contact c where c.received = new.received and c.channel in ('report', 'chat', 'concern', 'telegram', 'vk') limit most) x;
  if n >= most then raise exception 'too many conversations' using errcode = '53300'; end if;
  return new;
end $$;
reset role;
alter function app.flood_cap() owner to intake;
revoke all on function app.flood_cap() from public;
create trigger flood_cap before insert on app.contact for each row when (new.channel in ('report', 'chat', 'concern', 'telegram', 'vk')) execute function app.flood_cap();
