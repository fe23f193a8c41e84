-- Outreach diary and prevention events of an agency. What was posted, where and in which community is sealed under the service key, as the register of interpreters is
-- (0032): it belongs to the agency and not to a team, and by its rule holds no child. Plain are the day, the kind, the language and numbers, so that months can be counted.
-- An entry is never overwritten unseen: every state it ever had stays in outreach_version.
set role owner;
create table app.outreach (
  id uuid primary key, agency_id uuid not null references app.agency, kind text not null check (kind in ('post', 'event')), day date not null,
  lang text not null check (lang in ('ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr', 'other')),
  -- Platform of a post, kind of place of an event; for whom the event was.
  place text not null check (place ~ '^[a-z_]{2,20}$'), audience text check (audience ~ '^[a-z_0-9]{2,20}$'),
  hours numeric(5, 1) check (hours between 0 and 500), contacts integer check (contacts between 0 and 100000), reached integer check (reached between 0 and 1000000),
  by_id uuid not null, version integer not null default 1, sealed bytea not null
);
create index on app.outreach (agency_id, day desc, id);
create table app.outreach_version (
  outreach_id uuid not null references app.outreach, version integer not null, agency_id uuid not null, by_id uuid not null, at timestamptz not null default now(),
  sealed bytea not null, primary key (outreach_id, version)
);
reset role;
do $$ declare t text; begin
  foreach t in array array['outreach', 'outreach_version'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  end loop;
end $$;
