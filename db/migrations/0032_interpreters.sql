-- The register of interpreters of an agency. Who they are and what ties them to whom is sealed under the service key, as the names of staff are: the register is the
-- agency's, is read at night by whoever takes the call, and no key belongs to a whole agency; a copy under every team's key would be many copies of the same secret.
-- An entry is never overwritten unseen: every state it ever had stays in interpreter_version.
set role owner;
create table app.interpreter (
  id uuid primary key, agency_id uuid not null references app.agency, account_id uuid references app.account,
  state text not null default 'active' check (state in ('active', 'paused')), version integer not null default 1, sealed bytea not null
);
create index on app.interpreter (agency_id);
create table app.interpreter_version (
  interpreter_id uuid not null references app.interpreter, version integer not null, agency_id uuid not null, by_id uuid not null,
  at timestamptz not null default now(), sealed bytea not null, primary key (interpreter_id, version)
);
reset role;
do $$ declare t text; begin
  foreach t in array array['interpreter', 'interpreter_version'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  end loop;
end $$;
