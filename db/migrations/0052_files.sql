-- Sealed files: papers of a person, and the one picture "only if I go missing". The bytes lie on disk as ciphertext under the id of the row; the row says nothing of
-- what or whose they are beyond the record. Name, kind, giver and note are sealed with the record's identity key.
set role owner;
create table app.stored_file (
  id uuid primary key, record uuid not null, home_group uuid not null,
  what text not null check (what in ('paper', 'photo')), bytes integer not null check (bytes > 0), digest bytea not null check (length(digest) = 32), sealed bytea not null
);
-- The key of each file, sealed with the record's identity key, in a table of its own: in a backup it stands with the keys, which are kept 30 days. A file that was removed
-- must not come back out of an older copy of the content.
create table app.file_key (id uuid primary key, record uuid not null, home_group uuid not null, sealed bytea not null);
reset role;
call app_meta.hang_on_record('stored_file', 'record');
call app_meta.hang_on_record('file_key', 'record');
set role owner;
create index on app.stored_file (record);
create index on app.file_key (record);
do $$ declare t text; begin
  foreach t in array array['stored_file', 'file_key'] loop
    -- Emergency access reads only (0024).
    execute format('create policy glass_adds_nothing on app.%I as restrictive for insert to staff_rw with check (not (record = any ((select app.my_glass())::uuid[])))', t);
    execute format('create policy glass_takes_nothing on app.%I as restrictive for delete to staff_rw using (not (record = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
-- Which files have a row: the worker removes the others and says which rows have lost theirs.
grant select (id) on app.stored_file to job;
create policy job_read on app.stored_file for select to job using (true);
select pgboss.create_queue('files', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
