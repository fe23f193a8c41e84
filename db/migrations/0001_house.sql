-- The house: people, keys, journal, and the first way from a report to a case.
-- Runs as the migrator. Tables belong to `owner` (NOLOGIN); runtime roles own nothing. Row policies for staff_rw are generated (db/policies.sql);
-- those of the other roles stand here beside the tables. Every table: FORCE ROW LEVEL SECURITY, default deny.
-- Names of people, teams and agencies are sealed under the service key: a stolen database must not say who works here.

create schema app authorization owner;
grant usage on schema app to staff_rw, public_in, job, sealer, backup_ro, authz, scribe, intake;
grant create on schema app to authz, scribe, intake;
set role owner;

-- ---------------------------------------------------------------- installation and people
create table app.installation (
  one boolean primary key default true check (one),
  demo boolean not null,
  recovery_public bytea not null,            -- X25519, the private half is split among the holders of the kit
  audit_public bytea not null,               -- Ed25519, verifies tree heads
  created_day date not null,
  settings jsonb not null default '{}'       -- numbers and switches only
);

create table app.agency (
  id uuid primary key,
  profile bytea not null,                    -- sealed under the service key: {name:{ru,en}}
  size text not null check (size in ('small', 'large')),
  session_hours smallint not null check (session_hours between 1 and 26),
  time_zone text not null default 'Europe/Moscow'
);

create table app.team (
  id uuid primary key,
  agency_id uuid not null references app.agency,
  intake boolean not null default false,     -- new contacts arrive here
  state text not null default 'active' check (state in ('active', 'ended')),
  profile bytea not null                     -- sealed under the service key: {name:{ru,en}}
);

create table app.account (
  id uuid primary key,
  agency_id uuid not null references app.agency,
  login_hmac bytea not null unique,          -- HMAC(install secret, login): the login itself is stored nowhere
  profile bytea not null,                    -- sealed under the service key: {name, alias, language}
  roles text[] not null,
  state text not null check (state in ('invited', 'active', 'disabled')),
  public_x bytea, public_ed bytea,           -- null until the first sign-in made the keys
  pw_salt bytea, pw_bundle bytea, pw_verifier bytea,
  code_bundle bytea, code_verifier bytea,    -- personal recovery code
  totp bytea, totp_step bigint not null default 0,   -- secret sealed under the install secret; last step used: a code works once
  invite_verifier bytea, invite_until timestamptz,
  fails integer not null default 0, next_try timestamptz not null default '-infinity',
  keys_version integer not null default 0,   -- rises whenever this person's wraps change: processes drop what they cached
  created_day date not null
);
create index on app.account (agency_id);

create table app.printed_code (id uuid primary key, user_id uuid not null references app.account, verifier bytea not null, used_at timestamptz);
create index on app.printed_code (user_id);

create table app.passkey (
  id uuid primary key,
  user_id uuid not null references app.account,
  credential bytea not null unique,          -- random, says nothing
  public_key bytea not null, counter bigint not null default 0, transports text[] not null default '{}',
  prf_salt bytea, prf_bundle bytea, prf_verifier bytea,   -- null where the authenticator has no PRF: then it replaces the code only
  label bytea not null,                      -- sealed under the service key
  created_day date not null
);
create index on app.passkey (user_id);

create table app.session (
  id uuid primary key,
  user_id uuid not null references app.account,
  token_hash bytea not null unique,          -- SHA-256 of the 43 characters of the cookie
  bundle bytea not null,                     -- the person's private keys sealed under HKDF(raw token)
  created_at timestamptz not null default now(),
  expires_at timestamptz not null, idle_until timestamptz not null,
  revoked_at timestamptz,
  shared_computer boolean not null default false,
  locked_at timestamptz, pin_hash text, pin_tries smallint not null default 0,
  step_up_at timestamptz,
  device bytea                               -- sealed under the service key: what the person calls this computer
);
create index on app.session (user_id);

create table app.held_form (                 -- what was sent while the session was locked: sealed under the session key
  id uuid primary key, session_id uuid not null references app.session on delete cascade, sealed bytea not null, held_at timestamptz not null default now()
);
create index on app.held_form (session_id);

create table app.member (
  user_id uuid not null references app.account,
  team_id uuid not null references app.team,
  function text not null check (function in ('casework', 'supervision', 'health', 'legal', 'follow_up', 'desk', 'shelter')),
  for_user uuid references app.account,      -- set when this is a deputy's membership during an absence
  confirmed_by uuid references app.account,  -- null: waiting for a member who holds the keys (or the first one of the function)
  until timestamptz not null default 'infinity',
  primary key (user_id, team_id, function)
);
create index on app.member (team_id);

create table app.absence (
  id uuid primary key, user_id uuid not null references app.account, deputy_id uuid not null references app.account,
  from_at timestamptz not null, until timestamptz not null, ended_at timestamptz, check (user_id <> deputy_id)
);
create index on app.absence (deputy_id);

-- ---------------------------------------------------------------- keys
create table app.team_key (
  team_id uuid not null references app.team, compartment smallint not null check (compartment between 1 and 7), version integer not null,
  public_x bytea not null, made_at timestamptz not null default now(), retired_at timestamptz,
  primary key (team_id, compartment, version)
);
create table app.team_key_wrap (
  team_id uuid not null, compartment smallint not null, version integer not null, user_id uuid not null references app.account,
  form smallint not null check (form in (0, 1)),      -- 0 sealed box to the person, 1 under the person's symmetric key
  wrapped bytea not null, until timestamptz not null default 'infinity',
  primary key (team_id, compartment, version, user_id),
  foreign key (team_id, compartment, version) references app.team_key
);
create index on app.team_key_wrap (user_id);

create table app.break_glass_key (agency_id uuid not null references app.agency, version integer not null, user_id uuid not null references app.account,
  form smallint not null check (form in (0, 1)), wrapped bytea not null, primary key (agency_id, version, user_id));
create table app.break_glass_team_key (agency_id uuid not null, glass_version integer not null, team_id uuid not null references app.team, compartment smallint not null,
  version integer not null, wrapped bytea not null, primary key (agency_id, glass_version, team_id, compartment, version));

create table app.recovery_epoch (id uuid primary key, sealed bytea not null, made_at timestamptz not null default now());   -- sealed to recovery_public

-- One wrap of a record's compartment key. holder: 'team' T(team, compartment, version) · 'epoch' recovery epoch key · 'user' a single grantee · 'recovery' straight to the kit.
create table app.key_wrap (
  record uuid not null, kind text not null, compartment smallint not null, home_group uuid not null,
  dek_version smallint not null default 1,
  holder text not null check (holder in ('team', 'epoch', 'user', 'recovery')), holder_id uuid not null, holder_version integer not null default 0,
  form smallint not null check (form in (0, 1)),       -- 0 sealed box, 1 symmetric
  wrapped bytea not null, until timestamptz not null default 'infinity',
  primary key (record, compartment, dek_version, holder, holder_id)
);
create index on app.key_wrap (holder_id, holder_version);

-- The current sealed value of a compartment of a record. Suite, key id and schema version stand inside the envelope and are bound by its AAD.
create table app.sealed (
  record uuid not null, kind text not null, compartment smallint not null, home_group uuid not null,
  dek_version smallint not null default 1, value bytea not null,
  primary key (record, compartment)
);

create table app.rotation (team_id uuid not null, compartment smallint not null, from_version integer not null, to_version integer not null,
  done_at timestamptz, primary key (team_id, compartment, from_version));

-- Work that needs an unlocked key: queued by id, drained at the next unlock of somebody who holds it.
create table app.unlocked_work (id uuid primary key, kind text not null, record uuid not null, home_group uuid not null, queued_at timestamptz not null default now());
create index on app.unlocked_work (home_group);

-- ---------------------------------------------------------------- who else may, who may not
create table app.grant_ (
  id uuid primary key, record uuid not null, kind text not null, home_group uuid not null, user_id uuid not null references app.account,
  compartments smallint[] not null, rights text[] not null, purpose text not null check (purpose in ('share', 'intake', 'break_glass', 'referral', 'search')),
  from_at timestamptz not null default now(), until timestamptz not null, granted_by uuid not null, ended_at timestamptz
);
create index on app.grant_ (user_id) where ended_at is null;
create index on app.grant_ (record);

create table app.record_exclusion (
  id uuid primary key, record uuid not null, home_group uuid not null, excluded_kind text not null check (excluded_kind in ('user', 'agency', 'team')),
  excluded_id uuid not null, made_by uuid not null, made_at timestamptz not null default now(), ended_at timestamptz
);
create index on app.record_exclusion (excluded_id) where ended_at is null;

create table app.break_glass (
  id uuid primary key, record uuid not null, home_group uuid not null, user_id uuid not null, reason text not null check (reason in ('immediate_danger', 'outside_hours')),
  opened_at timestamptz not null default now(), until timestamptz not null, extended boolean not null default false,
  reviewed_by uuid, reviewed_at timestamptz, outcome text check (outcome in ('justified', 'not_justified'))
);
create index on app.break_glass (home_group) where reviewed_at is null;

-- A safety step taken by one person alone asks until somebody else has looked.
create table app.second_look (
  id uuid primary key, record uuid not null, kind text not null, home_group uuid not null, what text not null, done_by uuid not null, done_at timestamptz not null default now(),
  seen_by uuid, seen_at timestamptz, check (seen_by is null or seen_by <> done_by)
);
create index on app.second_look (home_group) where seen_at is null;

-- ---------------------------------------------------------------- journal
create table app.record_head (record uuid primary key, kind text not null, home_group uuid not null, seq integer not null, hash bytea not null);
create table app.journal (
  record uuid not null, seq integer not null, kind text not null, type text not null, actor uuid,      -- null: the public site
  recorded_at timestamptz not null, command uuid not null, digests text not null,                      -- 'compartment:hex,…' of each sealed part
  prev bytea not null, hash bytea not null,
  home_group uuid not null,                                                                           -- outside the hash: changes by app.move_home_group only
  primary key (record, seq)
);
create index on app.journal (command);
create table app.journal_part (record uuid not null, seq integer not null, compartment smallint not null, home_group uuid not null, kind text not null,
  dek_version smallint not null default 1, sealed bytea not null, primary key (record, seq, compartment));

create table app.read_audit (
  id uuid primary key, at timestamptz not null, actor uuid not null, session_id uuid not null, action text not null, records uuid[] not null,
  purpose text not null default '', outcome text not null check (outcome in ('shown', 'refused')), mac bytea not null, leaf bytea not null
);
create index on app.read_audit (at);
create index on app.read_audit using gin (records);

create table app.unsealed_leaf (id uuid primary key, kind text not null check (kind in ('journal', 'read')), record uuid not null, seq integer not null, hash bytea not null);
create table app.tree_head (n bigint primary key, at timestamptz not null, size integer not null, root bytea not null, prev bytea not null, signature bytea not null);
create table app.tree_leaf (head bigint not null references app.tree_head, i integer not null, kind text not null, record uuid not null, seq integer not null, hash bytea not null, primary key (head, i));
create index on app.tree_leaf (record);

create table app.command_seen (id uuid primary key, actor uuid, digest bytea not null, record uuid not null, at timestamptz not null default now());

-- ---------------------------------------------------------------- the first way
create table app.contact (
  id uuid primary key, home_group uuid not null, channel text not null check (channel in ('report', 'walk_in', 'call', 'letter')),
  received timestamptz not null, safe_now text not null check (safe_now in ('yes', 'no', 'unsure', 'not_asked')),
  urgency text check (urgency in ('now', 'today', 'week')), state text not null check (state in ('new', 'open', 'converted', 'closed')),
  assignee uuid, unread boolean not null default true, version integer not null default 1
);
create index on app.contact (home_group, state, received desc);
create table app.conversation (
  contact_id uuid primary key references app.contact, home_group uuid not null, submission uuid not null unique, digest bytea not null, attempt smallint not null,
  locator bigint not null unique, salt bytea not null, kdf text not null, ck_public bytea not null, ck_wrapped bytea not null, proof_hash bytea not null,
  prekey_id uuid, sealed_by text not null default 'server' check (sealed_by in ('server', 'device')), last_day date not null, fails integer not null default 0, next_try timestamptz not null default '-infinity'
);
create table app.message (
  id uuid primary key, contact_id uuid not null references app.contact, home_group uuid not null, seq integer not null,
  direction text not null check (direction in ('in', 'out')), at timestamptz not null,                 -- quarter of an hour
  sealed bytea not null,                      -- for staff, under the contact's story key
  sealed_out bytea,                           -- out only: a sealed box to ck_public
  acknowledged boolean not null default false,
  unique (contact_id, seq)
);

create table app.person (id uuid primary key, home_group uuid not null, state text not null default 'active' check (state in ('active', 'erased')), version integer not null default 1);
create index on app.person (home_group);
create table app.person_link (id uuid primary key, person_id uuid not null, other_id uuid not null, home_group uuid not null, signature bytea not null, made_by uuid not null, ended_at timestamptz);

create table app.case_record (
  id uuid primary key, home_group uuid not null, number text not null unique check (number ~ '^D-[0-9A-HJKMNP-TV-Z]{7}$'),
  person_id uuid not null, contact_id uuid, assignee uuid, state text not null check (state in ('open', 'suspended', 'closed')),
  danger text not null check (danger in ('none', 'concern', 'danger', 'not_assessed')),
  opened date not null, due date, closed date, retention date, version integer not null default 1
);
create index on app.case_record (home_group, state, opened desc, id);
create index on app.case_record (home_group, opened desc, id);
create index on app.case_record (assignee) where state <> 'closed';
create index on app.case_record (person_id);
create index on app.case_record (contact_id);

-- One row on each side. A link gives no access: it says only that another record exists and how the children belong together.
create table app.case_link (
  id uuid primary key, case_id uuid not null, other_case uuid not null, pair uuid not null, home_group uuid not null,
  sealed bytea not null, ended_at timestamptz                                                        -- {relation, together} under this case's summary key
);
create index on app.case_link (case_id);

-- ---------------------------------------------------------------- public content and counters
create table app.helpline (id uuid primary key, country text not null, number text not null, names jsonb not null, hours jsonb not null default '{}', sort smallint not null default 100,
  verified_on date, verified_by uuid, always boolean not null default false);
create table app.public_count (day date not null, what text not null, n integer not null default 0, primary key (day, what));
create table app.health_mark (what text primary key, at timestamptz not null, ok boolean not null, detail jsonb not null default '{}');
reset role;

-- ---------------------------------------------------------------- row-level security: on everywhere, forced, default deny
do $$ declare t record; begin
  for t in select tablename from pg_tables where schemaname = 'app' loop
    execute format('alter table app.%I enable row level security', t.tablename);
    execute format('alter table app.%I force row level security', t.tablename);
    execute format('revoke all on app.%I from public', t.tablename);
    if t.tablename not in ('session', 'held_form') then
      execute format('grant select on app.%I to backup_ro', t.tablename);
      execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t.tablename);
    end if;
  end loop;
end $$;

-- authz: owner of the functions that answer "who is this". Under FORCE the table owner is filtered too, so a function owned by `owner` would see nothing.
do $$ declare t text; begin
  foreach t in array array['session','account','member','absence','grant_','record_exclusion','team','agency','passkey','printed_code','case_record','installation','held_form'] loop
    execute format('grant select on app.%I to authz', t);
    execute format('create policy authz_read on app.%I for select to authz using (true)', t);
  end loop;
end $$;
grant insert, update, delete on app.session to authz;
create policy authz_write on app.session for all to authz using (true) with check (true);
grant update (fails, next_try, totp_step) on app.account to authz;
create policy authz_update on app.account for update to authz using (true) with check (true);
grant update (counter) on app.passkey to authz;
create policy authz_update on app.passkey for update to authz using (true) with check (true);
grant update (used_at) on app.printed_code to authz;
create policy authz_update on app.printed_code for update to authz using (true) with check (true);

-- scribe: owner of the functions that write the journal.
do $$ declare t text; begin
  foreach t in array array['record_head','journal','journal_part','unsealed_leaf','command_seen','read_audit'] loop
    execute format('grant select, insert on app.%I to scribe', t);
    execute format('create policy scribe_all on app.%I for all to scribe using (true) with check (true)', t);
  end loop;
  foreach t in array array['sealed','key_wrap','contact','conversation','message','journal_part','journal','record_head','person'] loop
    execute format('grant select, update (home_group) on app.%I to scribe', t);
    if t not in ('journal','journal_part','record_head') then execute format('create policy scribe_move on app.%I for all to scribe using (true) with check (true)', t); end if;
  end loop;
end $$;
grant update (seq, hash) on app.record_head to scribe;

-- sealer: gathers new leaves into signed heads.
grant select on app.journal, app.record_head, app.read_audit, app.tree_head, app.tree_leaf, app.unsealed_leaf, app.installation to sealer;
grant insert on app.tree_head, app.tree_leaf to sealer;
grant delete on app.unsealed_leaf to sealer;
do $$ declare t text; begin
  foreach t in array array['journal','record_head','read_audit','tree_head','tree_leaf','unsealed_leaf','installation'] loop
    execute format('create policy sealer_all on app.%I for all to sealer using (true) with check (true)', t);
  end loop;
end $$;

-- intake: owner of the public functions.
grant select, insert on app.contact, app.conversation, app.message, app.sealed, app.key_wrap, app.unlocked_work, app.public_count to intake;
grant update (unread, version) on app.contact to intake;
grant update (last_day, fails, next_try) on app.conversation to intake;
grant update (acknowledged) on app.message to intake;
grant update (n) on app.public_count to intake;
grant select on app.team, app.team_key, app.installation, app.helpline to intake;
do $$ declare t text; begin
  foreach t in array array['contact','conversation','message','sealed','key_wrap','unlocked_work','public_count','team','team_key','installation','helpline'] loop
    execute format('create policy intake_all on app.%I for all to intake using (true) with check (true)', t);
  end loop;
end $$;

-- job: non-identifying columns only.
grant select (id, home_group, channel, received, safe_now, urgency, state, assignee, unread, version) on app.contact to job;
grant select (id, home_group, assignee, state, danger, opened, due, closed, retention, version) on app.case_record to job;
grant select (id, record, home_group, user_id, purpose, until, ended_at) on app.grant_ to job;
grant select (id, user_id, expires_at, idle_until, revoked_at) on app.session to job;
grant delete on app.session to job;
grant select, delete on app.command_seen to job;
grant select on app.unlocked_work, app.rotation, app.absence, app.break_glass, app.health_mark to job;
grant insert, update on app.health_mark to job;
do $$ declare t text; begin
  foreach t in array array['contact','case_record','grant_','session','command_seen','unlocked_work','rotation','absence','break_glass','health_mark'] loop
    execute format('create policy job_all on app.%I for all to job using (true) with check (true)', t);
  end loop;
end $$;

-- ---------------------------------------------------------------- who is asking
-- The token, not a user id: an injected set_config of a guessed id opens nothing.
create function app.uid() returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select user_id from app.session where token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8'))
   and now() < expires_at and now() < idle_until and revoked_at is null and locked_at is null $$;
create function app.my_agency() returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select agency_id from app.account where id = app.uid() and state = 'active' $$;
create function app.my_roles() returns text[] language sql stable security definer set search_path = pg_catalog as $$
  select roles from app.account where id = app.uid() and state = 'active' $$;
create function app.my_groups() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct team_id), '{}') from app.member where user_id = app.uid() and function in ('casework', 'supervision') and confirmed_by is not null and now() < until $$;
create function app.my_desk() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct m.team_id), '{}') from app.member m join app.team t on t.id = m.team_id
   where m.user_id = app.uid() and m.function = 'desk' and t.intake and m.confirmed_by is not null and now() < m.until $$;
create function app.my_teams() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct team_id), '{}') from app.member where user_id = app.uid() and confirmed_by is not null and now() < until $$;
-- Records of my own: granted to me, assigned to me, or assigned to somebody I stand in for. Capped: past 5,000 a person works through a group.
create function app.my_direct() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with me as materialized (select app.uid() as id),
       persons as (select id from me union select a.user_id from app.absence a, me where a.deputy_id = me.id and now() between a.from_at and a.until and a.ended_at is null),
       cases as (select c.id, c.person_id, c.contact_id from app.case_record c where c.assignee in (select id from persons) and c.state <> 'closed' limit 1700)
  select coalesce(array_agg(distinct r), '{}') from (
    select unnest(array[id, person_id, contact_id]) as r from cases
    union all (select g.record from app.grant_ g where g.user_id in (select id from persons) and g.ended_at is null and now() >= g.from_at and now() < g.until limit 5000)
  ) x where r is not null $$;
create function app.my_excluded() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct record), '{}') from app.record_exclusion where ended_at is null and (
    (excluded_kind = 'user' and excluded_id = app.uid()) or (excluded_kind = 'agency' and excluded_id = app.my_agency())
    or (excluded_kind = 'team' and excluded_id = any (select team_id from app.member where user_id = app.uid()))) $$;

-- ---------------------------------------------------------------- journal
-- Appends one event under the lock of its record's head; nothing is shared with another record before commit. The actor is the session's, never the caller's word.
-- Canonical header: the lines v1, record, kind, seq, type, actor or '-', recorded (UTC microseconds), command, digests, prev (hex), joined by \n; hash = SHA-256.
create function app.journal_write(p_record uuid, p_kind text, p_group uuid, p_type text, p_actor uuid, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare h record; s integer; d text; t timestamptz := clock_timestamp(); x bytea; g uuid;
begin
  select seq, hash, home_group into h from app.record_head where record = p_record for update;
  s := coalesce(h.seq, 0) + 1; g := coalesce(h.home_group, p_group);
  select coalesce(string_agg(p_compartments[i] || ':' || encode(sha256(p_parts[i]), 'hex'), ',' order by p_compartments[i]), '') into d from generate_subscripts(p_compartments, 1) i;
  x := sha256(convert_to(concat_ws(E'\n', 'v1', p_record, p_kind, s, p_type, coalesce(p_actor::text, '-'), (extract(epoch from t) * 1000000)::bigint, p_command, d,
         encode(coalesce(h.hash, ''::bytea), 'hex')), 'UTF8'));
  if h is null or h.seq is null then insert into app.record_head values (p_record, p_kind, g, s, x);
  else update app.record_head set seq = s, hash = x where record = p_record; end if;
  insert into app.journal values (p_record, s, p_kind, p_type, p_actor, t, p_command, d, coalesce(h.hash, ''::bytea), x, g);
  insert into app.journal_part select p_record, s, p_compartments[i], g, p_kind, coalesce(p_dek[i], 1), p_parts[i] from generate_subscripts(p_compartments, 1) i;
  insert into app.unsealed_leaf values (gen_random_uuid(), 'journal', p_record, s, x);
  return s;
end $$;

-- For staff: the same, after the caller's scope was checked.
create function app.journal_append(p_record uuid, p_kind text, p_group uuid, p_type text, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); g uuid;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  select home_group into g from app.record_head where record = p_record;
  g := coalesce(g, p_group);
  if p_kind in ('contact', 'person', 'case') and not (g = any (app.my_groups()) or g = any (app.my_desk()) or p_record = any (app.my_direct())) or p_record = any (app.my_excluded()) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return app.journal_write(p_record, p_kind, g, p_type, me, p_command, p_compartments, p_parts, p_dek);
end $$;

-- A command counts once. Same id and same content: answered as before; same id, other content: refused by the caller.
create function app.claim_command(p_id uuid, p_digest bytea, p_record uuid, out fresh boolean, out same boolean, out record uuid)
language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); old record;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  insert into app.command_seen (id, actor, digest, record) values (p_id, me, p_digest, p_record) on conflict (id) do nothing;
  fresh := found; same := true; record := p_record;
  if not fresh then
    select c.actor, c.digest, c.record into old from app.command_seen c where c.id = p_id;
    same := old.actor = me and old.digest = p_digest;
    record := case when same then old.record end;
  end if;
end $$;

create function app.audit_read(p_id uuid, p_at timestamptz, p_session uuid, p_action text, p_records uuid[], p_purpose text, p_outcome text, p_mac bytea)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid; x bytea;
begin
  select s.user_id into me from app.session s where s.id = p_session and s.token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8')) and s.revoked_at is null;
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  x := sha256(convert_to(concat_ws(E'\n', 'r1', p_id, (extract(epoch from p_at) * 1000000)::bigint, me, p_session, p_action, array_to_string(p_records, ','), p_purpose, p_outcome, encode(p_mac, 'hex')), 'UTF8'));
  insert into app.read_audit values (p_id, p_at, me, p_session, p_action, p_records, p_purpose, p_outcome, p_mac, x);
  insert into app.unsealed_leaf values (gen_random_uuid(), 'read', p_id, 0, x);
end $$;

-- The one way a record changes its home group: with everything that hangs on it, in one statement's transaction.
create function app.move_home_group(p_record uuid, p_group uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid;
begin
  select home_group into g from app.record_head where record = p_record for update;
  if g is null or not (g = any (app.my_groups()) or g = any (app.my_desk())) or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if not exists (select from app.team a join app.team b on a.agency_id = b.agency_id where a.id = g and b.id = p_group and b.state = 'active') then raise exception 'no such team' using errcode = '42501'; end if;
  update app.record_head set home_group = p_group where record = p_record;
  update app.journal set home_group = p_group where record = p_record;
  update app.journal_part set home_group = p_group where record = p_record;
  update app.sealed set home_group = p_group where record = p_record;
  update app.key_wrap set home_group = p_group where record = p_record;
  update app.contact set home_group = p_group where id = p_record;
  update app.conversation set home_group = p_group where contact_id = p_record;
  update app.message set home_group = p_group where contact_id = p_record;
  update app.person set home_group = p_group where id = p_record;
end $$;

do $$ declare f text; begin
  foreach f in array array['uid()','my_agency()','my_roles()','my_groups()','my_desk()','my_teams()','my_direct()','my_excluded()'] loop
    execute format('alter function app.%s owner to authz', f);
    execute format('revoke all on function app.%s from public', f);
    execute format('grant execute on function app.%s to staff_rw, scribe, authz', f);
  end loop;
end $$;
alter function app.journal_write(uuid, text, uuid, text, uuid, uuid, smallint[], bytea[], smallint[]) owner to scribe;
alter function app.journal_append(uuid, text, uuid, text, uuid, smallint[], bytea[], smallint[]) owner to scribe;
alter function app.claim_command(uuid, bytea, uuid) owner to scribe;
alter function app.audit_read(uuid, timestamptz, uuid, text, uuid[], text, text, bytea) owner to scribe;
alter function app.move_home_group(uuid, uuid) owner to scribe;
grant select on app.session, app.team to scribe;
create policy scribe_read on app.session for select to scribe using (true);
create policy scribe_read on app.team for select to scribe using (true);
revoke all on function app.journal_write(uuid, text, uuid, text, uuid, uuid, smallint[], bytea[], smallint[]) from public;
revoke all on function app.journal_append(uuid, text, uuid, text, uuid, smallint[], bytea[], smallint[]) from public;
revoke all on function app.claim_command(uuid, bytea, uuid) from public;
revoke all on function app.audit_read(uuid, timestamptz, uuid, text, uuid[], text, text, bytea) from public;
revoke all on function app.move_home_group(uuid, uuid) from public;
grant execute on function app.journal_write(uuid, text, uuid, text, uuid, uuid, smallint[], bytea[], smallint[]) to intake;
grant execute on function app.journal_append(uuid, text, uuid, text, uuid, smallint[], bytea[], smallint[]) to staff_rw;
grant execute on function app.claim_command(uuid, bytea, uuid) to staff_rw;
grant execute on function app.audit_read(uuid, timestamptz, uuid, text, uuid[], text, text, bytea) to staff_rw;
grant execute on function app.move_home_group(uuid, uuid) to staff_rw;
