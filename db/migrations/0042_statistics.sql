-- Statistics: codes of cases that no longer say whose they are, and what was released of them.
set role owner;
-- What a command leaves of a case, in its own transaction: codes sealed under the service key. Whoever writes cannot read it back; the job takes it away within
-- the hour. A row of statistics is never written in the case's transaction: rows of one transaction carry one xmin, and would lie beside each other for ever.
create table app.statistics_outbox (id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, sealed bytea not null);
create index on app.statistics_outbox (case_id);
-- One row for what happened to a case in a month. case_key and child are HMACs under a key that only the worker has. `sole`: the child has no other row of this kind in
-- its agency, so that it is counted without looking for others.
create table app.statistics_row (
  id uuid primary key, agency_id uuid not null references app.agency,
  what text not null check (what in ('opened', 'closed', 'reopened', 'checked_in')), month date not null check (extract(day from month) = 1),
  case_key bytea not null, child bigint not null, sole boolean not null,
  age text not null, sex text not null, origin text not null, purpose text not null, channel text not null,
  check (age ~ '^[A-Za-z0-9_+-]{1,30}$' and sex ~ '^[a-z_]{1,30}$' and origin ~ '^[A-Za-z0-9_-]{1,30}$' and purpose ~ '^[a-z0-9_]{1,30}$' and channel ~ '^[a-z0-9_]{1,30}$')
);
create index on app.statistics_row (agency_id, what, month);
create index on app.statistics_row (child);
create index on app.statistics_row (case_key);
-- The register of releases. Nothing in it is changed or deleted by anybody in the office: what was given out once stays what it was.
create table app.statistics_release (
  id uuid primary key, agency_id uuid not null references app.agency, made_by uuid not null references app.account, made_at timestamptz not null,
  content jsonb not null
);
create index on app.statistics_release (agency_id, made_at);
do $$ declare t text; begin
  foreach t in array array['statistics_row', 'statistics_release'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  end loop;
end $$;
reset role;
call app_meta.hang_on_record('statistics_outbox', 'case_id');
set role owner;
grant select, delete on app.statistics_outbox to job;
create policy job_all on app.statistics_outbox for all to job using (true) with check (false);
grant select, insert, delete on app.statistics_row to job;
create policy job_all on app.statistics_row for all to job using (true) with check (true);
-- To which agency a case counts.
grant select (id, agency_id) on app.team to job;
create policy job_read on app.team for select to job using (true);
select pgboss.create_queue('statistics', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
