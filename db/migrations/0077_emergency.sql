-- "Life in danger": one card for a contact or a case, and the paging of staff until somebody says "I have it". What the card says is sealed under the summary key of its
-- record, which supervision holds too. Paging hangs on plain ids and times alone, so that it runs while nobody is signed in; it holds no word of anybody.
set role owner;
create table app.emergency_card (
  id uuid primary key, record uuid not null, kind text not null, home_group uuid not null, state text not null default 'live' check (state in ('live', 'ended')),
  opened_at timestamptz not null, opened_by uuid not null references app.account, version integer not null, sealed bytea not null
);
create index on app.emergency_card (record);
reset role;
call app_meta.hang_on_record('emergency_card', 'record');
set role owner;
drop trigger as_its_record on app.emergency_card;
reset role;
create trigger as_its_record before insert on app.emergency_card for each row execute function app.as_its_record('record', 'kind');
set role owner;
create policy glass_adds_nothing on app.emergency_card as restrictive for insert to staff_rw with check (not (record = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.emergency_card as restrictive for update to staff_rw using (not (record = any ((select app.my_glass())::uuid[])));

-- One row for each reason to page: a card, a contact that said "I am not safe now" (both under their own id, so that no reason is there twice), a test. `record` is the
-- contact or case; of a test, the row's own id.
create table app.page_call (
  id uuid primary key, cause text not null check (cause in ('card', 'contact', 'test')), record uuid not null, home_group uuid not null,
  at timestamptz not null default clock_timestamp(), opened_by uuid references app.account, for_user uuid references app.account,
  round integer not null default 0, next_at timestamptz not null default clock_timestamp(), taken_at timestamptz, taken_by uuid references app.account, ended_at timestamptz
);
create index page_call_open on app.page_call (next_at) where taken_at is null and ended_at is null;
create index on app.page_call (record);
-- One row for each message to one person by one channel in one round: written before it is sent, so that a process that dies sends it again, under the same number.
create table app.page_try (
  call_id uuid not null references app.page_call, user_id uuid not null references app.account, channel text not null check (channel ~ '^[a-z]{2,12}$'), round integer not null,
  record uuid not null, home_group uuid not null, at timestamptz not null default clock_timestamp(),
  state text not null default 'sending' check (state in ('sending', 'sent', 'failed', 'merged')), done_at timestamptz, primary key (call_id, user_id, channel, round)
);
create index page_try_sending on app.page_try (at) where state = 'sending';
create index on app.page_try (user_id, channel, done_at);
create index on app.page_try (record);
reset role;
call app_meta.hang_on_record('page_call', 'record');
call app_meta.hang_on_record('page_try', 'record');

-- Who is on call when: weekday 1 (Monday) to 7, minutes of the day in the agency's time zone; no weekday: always. An end before its begin runs past midnight.
set role owner;
create table app.on_call (
  id uuid primary key, team_id uuid not null references app.team, user_id uuid not null references app.account, weekday smallint check (weekday between 1 and 7),
  from_minute smallint not null check (from_minute between 0 and 1439), until_minute smallint not null check (until_minute between 1 and 1440), ended_at timestamptz
);
create index on app.on_call (team_id) where ended_at is null;
-- Where a person is reached at night: sealed under the service key, because the server pages while nobody is signed in. Written by the person alone.
create table app.staff_point (user_id uuid primary key references app.account, version integer not null, sealed bytea not null);
do $$ declare t text; begin
  foreach t in array array['on_call', 'staff_point'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
    execute format('grant select on app.%I to authz', t);
    execute format('create policy authz_read on app.%I for select to authz using (true)', t);
  end loop;
end $$;
grant select, insert, update on app.page_call, app.page_try to job;
create policy job_all on app.page_call for all to job using (true) with check (true);
create policy job_all on app.page_try for all to job using (true) with check (true);
grant select on app.page_call to authz;
create policy authz_read on app.page_call for select to authz using (true);
reset role;

-- Whom a page of a team may go to: who answers its door, or works in it, is neither away nor shut out from the record; with the hours on call and the sealed address.
create function app.page_people(p_team uuid, p_record uuid, p_user uuid) returns table (user_id uuid, time_zone text, point bytea, hours jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select a.id, g.time_zone, p.sealed,
    coalesce((select jsonb_agg(jsonb_build_object('weekday', o.weekday, 'from', o.from_minute, 'until', o.until_minute)) from app.on_call o
       where o.team_id = p_team and o.user_id = a.id and o.ended_at is null), '[]'::jsonb)
    from app.account a join app.agency g on g.id = a.agency_id left join app.staff_point p on p.user_id = a.id
   where a.state = 'active' and (p_user is null or a.id = p_user)
     and exists (select from app.member m join app.team t on t.id = m.team_id where m.user_id = a.id and m.team_id = p_team and m.confirmed_by is not null and now() < m.until
       and (m.function in ('desk', 'supervision') or m.function = 'casework' and not t.intake or p_user is not null))
     and (p_user is not null or not exists (select from app.absence x where x.user_id = a.id and x.ended_at is null and x.from_at <= now() and now() < x.until))
     and not exists (select from app.record_exclusion e where e.record = p_record and e.ended_at is null and e.excluded_id in
       (select a.id union all select a.agency_id union all select m.team_id from app.member m where m.user_id = a.id and now() < m.until)) $$;
-- For the banner: where a page waits, as ids of teams and of who asked for a test. No record.
create function app.page_waits() returns table (home_group uuid, for_user uuid) language sql stable security definer set search_path = pg_catalog as $$
  select distinct p.home_group, p.for_user from app.page_call p where p.taken_at is null and p.ended_at is null $$;
alter function app.page_people(uuid, uuid, uuid) owner to authz;
alter function app.page_waits() owner to authz;
revoke all on function app.page_people(uuid, uuid, uuid), app.page_waits() from public;
grant execute on function app.page_people(uuid, uuid, uuid) to job;
grant execute on function app.page_waits() to staff_rw;
