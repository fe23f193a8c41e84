-- Sums of the rows of children who stand once: a table over a million cases adds some ten thousand sums instead of reading a million rows. Written by the job
-- together with the months it rewrites; it says less than the rows, and lies under the same policies.
set role owner;
create table app.statistics_sum (
  id uuid primary key, agency_id uuid not null references app.agency, what text not null, month date not null,
  age text not null, sex text not null, origin text not null, purpose text not null, channel text not null, n integer not null check (n > 0)
);
create index on app.statistics_sum (agency_id, what, month);
create index on app.statistics_row (agency_id, what, month) where not sole;
alter table app.statistics_sum enable row level security;
alter table app.statistics_sum force row level security;
revoke all on app.statistics_sum from public;
grant select on app.statistics_sum to backup_ro;
create policy backup_read on app.statistics_sum for select to backup_ro using (true);
grant select, insert, delete on app.statistics_sum to job;
create policy job_all on app.statistics_sum for all to job using (true) with check (true);
insert into app.statistics_sum (id, agency_id, what, month, age, sex, origin, purpose, channel, n)
  select gen_random_uuid(), agency_id, what, month, age, sex, origin, purpose, channel, count(*) from app.statistics_row where sole
   group by agency_id, what, month, age, sex, origin, purpose, channel;
reset role;
