-- Steps of a case. What is to be done, by whom outside the house, and what came of it is sealed with the case's summary key; plain are only the day, the state and
-- the colleague, by which the worklist finds what is due.
set role owner;
create table app.plan_step (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null,
  state text not null default 'open' check (state in ('open', 'postponed', 'done', 'skipped')),
  due date not null, assignee uuid references app.account, version integer not null default 1, sealed bytea not null
);
reset role;
call app_meta.hang_on_record('plan_step', 'case_id');
set role owner;
create index on app.plan_step (case_id, due);
-- What is due in a team, and what waits for a person: closed steps are in neither.
create index on app.plan_step (home_group, due, id) where state in ('open', 'postponed');
create index on app.plan_step (assignee, due, id) where state in ('open', 'postponed');
-- Emergency access reads only (0024).
create policy glass_adds_nothing on app.plan_step as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.plan_step as restrictive for update to staff_rw using (not (case_id = any ((select app.my_glass())::uuid[])));
reset role;
