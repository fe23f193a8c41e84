-- Doors on paper: the signed act of handover as a photograph, and letters and calls of other bodies that wait for an answer. Both hang on a contact and are sealed with its
-- story key; plain are the day by which an answer is due, and the state.
set role owner;
create table app.contact_file (
  id uuid primary key, contact_id uuid not null references app.contact, home_group uuid not null,
  bytes integer not null check (bytes > 0), digest bytea not null check (length(digest) = 32), sealed bytea not null
);
-- In a backup the keys stand apart, as those of papers do (0052).
create table app.contact_file_key (id uuid primary key, contact_id uuid not null references app.contact, home_group uuid not null, sealed bytea not null);
create table app.incoming_letter (
  id uuid primary key, contact_id uuid not null references app.contact, home_group uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'answered', 'needs_none')), due date, version integer not null, sealed bytea not null
);
reset role;
call app_meta.hang_on_record('contact_file', 'contact_id');
call app_meta.hang_on_record('contact_file_key', 'contact_id');
call app_meta.hang_on_record('incoming_letter', 'contact_id');
set role owner;
create index on app.contact_file (contact_id);
create index on app.contact_file_key (contact_id);
create index on app.incoming_letter (contact_id);
create index on app.incoming_letter (home_group, due, id) where state = 'waiting';
do $$ declare t text; begin
  foreach t in array array['contact_file', 'contact_file_key', 'incoming_letter'] loop
    execute format('create policy glass_adds_nothing on app.%I as restrictive for insert to staff_rw with check (not (contact_id = any ((select app.my_glass())::uuid[])))', t);
  end loop;
end $$;
create policy glass_reads_only on app.incoming_letter as restrictive for update to staff_rw using (not (contact_id = any ((select app.my_glass())::uuid[])));
grant select (id) on app.contact_file to job;
create policy job_read on app.contact_file for select to job using (true);
reset role;
