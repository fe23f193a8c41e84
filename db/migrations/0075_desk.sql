-- The duty desk. `waits_since`: since when something lies here that nobody has read; kept by the database, because messages come in by definer functions and are read by
-- staff. `blocked_until`: until then further messages are kept and call nobody.
set role owner;
alter table app.contact add column waits_since timestamptz, add column blocked_until timestamptz;
create function app.contact_waits() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not new.unread then new.waits_since := null;
  -- Like every time of a contact, to a quarter of an hour.
  elsif tg_op = 'INSERT' or not old.unread or new.waits_since is null then new.waits_since := to_timestamp(floor(extract(epoch from now()) / 900) * 900);
  end if;
  return new;
end $$;
reset role;
update app.contact set waits_since = received where unread;
create trigger waits before insert or update of unread on app.contact for each row execute function app.contact_waits();
-- As 0022, but what waits longest comes first, not what began first. The twin of dangerOrder in src/contact/store.list.ts.
set role owner;
drop index app.contact_waits_order;
create index contact_waits_order on app.contact (home_group,
  (case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2 when urgency is null then 3 when urgency = 'today' then 4 else 5 end),
  coalesce(waits_since, received), id) where state in ('new', 'open') or unread;
drop index app.contact_state_order;
create index contact_state_order on app.contact (home_group, state,
  (case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2 when urgency is null then 3 when urgency = 'today' then 4 else 5 end),
  coalesce(waits_since, received), id);
reset role;
