-- The inbox, most dangerous and oldest first, for whoever sees many contacts: read in order a team, as far as a page needs. The twin of dangerOrder in src/contact/store.list.ts.
set role owner;
create index contact_waits_order on app.contact (home_group,
  (case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2 when urgency is null then 3 when urgency = 'today' then 4 else 5 end),
  received, id) where state in ('new', 'open') or unread;
create index contact_state_order on app.contact (home_group, state,
  (case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2 when urgency is null then 3 when urgency = 'today' then 4 else 5 end),
  received, id);
create index contact_unread on app.contact (home_group) where unread;
drop index app.contact_waits;
reset role;
