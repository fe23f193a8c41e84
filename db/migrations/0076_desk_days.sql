-- Days of an agency that are other than the week says: what came on a free day is late only when the next working day is over. Plain: a day, and whether it is worked.
set role owner;
create table app.calendar_day (id uuid primary key, agency_id uuid not null references app.agency, day date not null, worked boolean not null);
create index on app.calendar_day (agency_id, day);
reset role;
alter table app.calendar_day enable row level security;
alter table app.calendar_day force row level security;
revoke all on app.calendar_day from public;
grant select on app.calendar_day to backup_ro;
create policy backup_read on app.calendar_day for select to backup_ro using (true);
-- "Did this help?" at the end of a talk: counted by day, of a closed list, without a word of who or which talk.
create function app.public_helped(p_answer text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_answer is null or p_answer not in ('yes', 'partly', 'no') then return; end if;
  insert into app.public_count as p (day, what, n) values (app.moscow_day(), 'helped_' || p_answer, 1) on conflict (day, what) do update set n = p.n + 1;
end $$;
alter function app.public_helped(text) owner to intake;
revoke all on function app.public_helped(text) from public;
grant execute on function app.public_helped(text) to public_in;
-- Only the trigger of 0075 calls it.
revoke all on function app.contact_waits() from public;
