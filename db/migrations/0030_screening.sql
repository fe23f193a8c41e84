-- A screening hangs on a contact before there is a case, and on a case afterwards: one row for each record. When a contact becomes cases, each gets a row of its own under
-- its own keys. When a fact of abuse or exploitation was learned stands in the clear, so that the clock of the report to an authority runs without a key.
set role owner;
create table app.screening (
  id uuid primary key, record uuid not null unique, kind text not null, home_group uuid not null,
  fact_learned timestamptz, fact_life boolean not null default false, version integer not null, sealed bytea not null, words bytea,
  check (fact_learned is not null or not fact_life)
);
create index on app.screening (home_group, fact_learned) where fact_learned is not null;
reset role;
call app_meta.hang_on_record('screening', 'record');
set role owner;
-- The kind too is the record's own: the row policies judge by it.
drop trigger as_its_record on app.screening;
reset role;
create trigger as_its_record before insert on app.screening for each row execute function app.as_its_record('record', 'kind');
-- Emergency access reads only.
set role owner;
create policy glass_adds_nothing on app.screening as restrictive for insert to staff_rw with check (not (record = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.screening as restrictive for update to staff_rw using (not (record = any ((select app.my_glass())::uuid[])));
reset role;
