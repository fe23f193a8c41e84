-- Administration, absence and break-glass: what staff_rw may not do by writing a row. Every function judges the session, never the caller's word.
set role owner;
-- A change of roles waits for a second person. The wish stands here; app.account changes only by app.role_decide.
create table app.role_change (
  id uuid primary key, agency_id uuid not null references app.agency, user_id uuid not null references app.account, roles text[] not null,
  proposed_by uuid not null references app.account, proposed_at timestamptz not null default now(),
  decided_by uuid references app.account, decided_at timestamptz, outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
  check (outcome is distinct from 'approved' or (decided_by <> proposed_by and decided_by <> user_id))
);
create index on app.role_change (agency_id) where decided_at is null;
alter table app.role_change enable row level security;
alter table app.role_change force row level security;
revoke all on app.role_change from public;
grant select on app.role_change to backup_ro;
create policy backup_read on app.role_change for select to backup_ro using (true);
grant select, insert, update on app.role_change to authz;
create policy authz_all on app.role_change for all to authz using (true) with check (true);
-- What the functions below read and write.
grant insert on app.second_look, app.break_glass to authz;
grant select, update (until, extended, reviewed_by, reviewed_at, outcome) on app.break_glass to authz;
grant select on app.second_look, app.read_audit, app.tree_head, app.unsealed_leaf to authz;
grant update (until) on app.key_wrap to authz;
grant update (state, intake) on app.team to authz;
create policy authz_all on app.second_look for all to authz using (true) with check (true);
create policy authz_all on app.break_glass for all to authz using (true) with check (true);
create policy authz_read on app.read_audit for select to authz using (true);
create policy authz_read on app.tree_head for select to authz using (true);
create policy authz_read on app.unsealed_leaf for select to authz using (true);
create policy authz_update on app.team for update to authz using (true) with check (true);
reset role;

-- ---------------------------------------------------------------- who is the second person
create function app.role_of_function(p_function text) returns text language sql immutable set search_path = pg_catalog as $$
  select case p_function when 'casework' then 'case_worker' when 'supervision' then 'supervisor' when 'health' then 'psychologist' when 'legal' then 'lawyer'
    when 'follow_up' then 'follow_up_worker' when 'desk' then 'duty_specialist' when 'shelter' then 'shelter_carer' end $$;
-- Roles that need no colleague's keys to do harm: they take effect only when a second person has agreed.
create function app.roles_that_wait() returns text[] language sql immutable set search_path = pg_catalog as $$
  select array['administrator', 'supervisor', 'auditor', 'analyst'] $$;
-- A supervisor is one whose supervision a colleague with the keys has confirmed; an invented account is none.
create function app.supervises() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(m.team_id), '{}') from app.member m where m.user_id = app.uid() and m.function = 'supervision' and m.confirmed_by is not null and now() < m.until
   and 'supervisor' = any (app.my_roles()) $$;
create function app.last_administrator(p_user uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.account where id = p_user and state = 'active' and 'administrator' = any (roles))
     and not exists (select from app.account where id <> p_user and agency_id = (select agency_id from app.account where id = p_user) and state = 'active' and 'administrator' = any (roles)) $$;

-- ---------------------------------------------------------------- people
create function app.admin_invite(p_id uuid, p_login bytea, p_profile bytea, p_roles text[], p_invite bytea, p_until timestamptz, p_day date, p_change uuid, p_teams uuid[], p_functions text[])
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid := app.my_agency(); now_ text[]; later text[];
begin
  if app.stepped_up() is null or not coalesce('administrator' = any (app.my_roles()), false) or not app.roles_fit(p_roles) then raise exception 'not allowed' using errcode = '42501'; end if;
  if exists (select from unnest(p_teams, p_functions) as x(t, f) where not exists (select from app.team where id = t and agency_id = g and state = 'active')
             or app.role_of_function(f) is null or not (app.role_of_function(f) = any (p_roles))) then raise exception 'no such team or function' using errcode = '42501'; end if;
  select coalesce(array_agg(r) filter (where not (r = any (app.roles_that_wait()))), '{}'), coalesce(array_agg(r) filter (where r = any (app.roles_that_wait())), '{}') into now_, later from unnest(p_roles) r;
  insert into app.account (id, agency_id, login_hmac, profile, roles, state, invite_verifier, invite_until, created_day)
    values (p_id, g, p_login, p_profile, now_, 'invited', p_invite, p_until, p_day) on conflict (login_hmac) do nothing;
  if not found then return 'login_taken'; end if;
  if cardinality(later) > 0 then insert into app.role_change (id, agency_id, user_id, roles, proposed_by) values (p_change, g, p_id, p_roles, app.uid()); end if;
  insert into app.member (user_id, team_id, function) select p_id, t, f from unnest(p_teams, p_functions) as x(t, f) on conflict do nothing;
  return 'ok';
end $$;

create function app.role_propose(p_id uuid, p_user uuid, p_roles text[]) returns text language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.stepped_up() is null or not app.administers(p_user) or not app.roles_fit(p_roles) then raise exception 'not allowed' using errcode = '42501'; end if;
  if (select state = 'disabled' from app.account where id = p_user) then return 'disabled'; end if;
  if (select roles @> p_roles and roles <@ p_roles from app.account where id = p_user) then return 'no_change'; end if;
  if not ('administrator' = any (p_roles)) and app.last_administrator(p_user) then return 'last_administrator'; end if;
  update app.role_change set decided_by = app.uid(), decided_at = now(), outcome = 'withdrawn' where user_id = p_user and decided_at is null;
  insert into app.role_change (id, agency_id, user_id, roles, proposed_by) values (p_id, app.my_agency(), p_user, p_roles, app.uid());
  return 'ok';
end $$;

-- Approved: the roles change, functions that no role carries any more end, and a lost break-glass right takes its key away.
create function app.role_decide(p_id uuid, p_outcome text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.stepped_up(); c record; m record;
begin
  if me is null then raise exception 'not allowed' using errcode = '42501'; end if;
  select * into c from app.role_change where id = p_id and agency_id = app.my_agency() for update;
  if not found or not ('administrator' = any (app.my_roles()) or cardinality(app.supervises()) > 0) then raise exception 'not allowed' using errcode = '42501'; end if;
  if c.decided_at is not null then return 'gone'; end if;
  if p_outcome = 'withdrawn' then
    if c.proposed_by <> me then return 'not_yours'; end if;
  elsif c.proposed_by = me or c.user_id = me then return 'own';
  elsif p_outcome = 'approved' then
    if not ('administrator' = any (c.roles)) and app.last_administrator(c.user_id) then return 'last_administrator'; end if;
    update app.account set roles = c.roles, keys_version = keys_version + 1 where id = c.user_id;
    for m in select team_id, function from app.member where user_id = c.user_id and for_user is null and not (app.role_of_function(function) = any (c.roles)) loop
      perform app.member_end_do(c.user_id, m.team_id, m.function);
    end loop;
    if not (c.roles && array['supervisor', 'duty_specialist']) then
      update app.break_glass_public p set retired_at = now() where retired_at is null and exists (select from app.break_glass_key k where k.agency_id = p.agency_id and k.version = p.version and k.user_id = c.user_id);
      delete from app.break_glass_key where user_id = c.user_id;
    end if;
  elsif p_outcome <> 'refused' then raise exception 'no such outcome' using errcode = '42501';
  end if;
  update app.role_change set decided_by = me, decided_at = now(), outcome = p_outcome where id = p_id;
  return 'ok';
end $$;

create function app.admin_member_put(p_user uuid, p_team uuid, p_function text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare r text[]; wished text[];
begin
  if app.stepped_up() is null or not app.administers(p_user) or not exists (select from app.team where id = p_team and agency_id = app.my_agency() and state = 'active') then raise exception 'not allowed' using errcode = '42501'; end if;
  select roles into r from app.account where id = p_user and state <> 'disabled';
  select roles into wished from app.role_change where user_id = p_user and decided_at is null;
  if r is null or not (app.role_of_function(p_function) = any (r || coalesce(wished, '{}'))) then return 'role_missing'; end if;
  insert into app.member (user_id, team_id, function) values (p_user, p_team, p_function) on conflict (user_id, team_id, function) do nothing;
  return case when found then 'ok' else 'there' end;
end $$;

-- What a leaver still has: numbers only, for whoever closes the account; the list itself is the supervisor's.
create function app.leaver_waits(p_user uuid, out cases integer, out contacts integer) language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) and cardinality(app.supervises()) = 0 then raise exception 'not allowed' using errcode = '42501'; end if;
  select count(*) into cases from app.case_record where assignee = p_user and state <> 'closed';
  select count(*) into contacts from app.contact where assignee = p_user and state in ('new', 'open');
end $$;
-- Closing an account: the list first, unless a lost or hostile account has to go now. Then the list stays, on the supervisor's worklist.
create function app.account_leave(p_user uuid, p_now boolean) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare w record;
begin
  if app.stepped_up() is null or not app.administers(p_user) or p_user = app.uid() then raise exception 'not allowed' using errcode = '42501'; end if;
  select * into w from app.leaver_waits(p_user);
  if not p_now and w.cases + w.contacts > 0 then return 'list_not_empty'; end if;
  if not app.account_disable_do(p_user) then return 'gone'; end if;
  update app.absence set ended_at = now() where (user_id = p_user or deputy_id = p_user) and ended_at is null;
  update app.role_change set decided_by = app.uid(), decided_at = now(), outcome = 'withdrawn' where user_id = p_user and decided_at is null;
  update app.role_change set decided_by = app.uid(), decided_at = now(), outcome = 'withdrawn' where proposed_by = p_user and decided_at is null;
  return 'ok';
end $$;
-- An invitation anew makes whoever holds the link that person: the roles that wait, wait again.
create function app.admin_readmit(p_user uuid, p_invite bytea, p_until timestamptz, p_change uuid) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare r text[]; all_ text[];
begin
  if app.stepped_up() is null or not app.administers(p_user) or p_user = app.uid() then raise exception 'not allowed' using errcode = '42501'; end if;
  if app.last_administrator(p_user) then return 'last_administrator'; end if;
  select roles into r from app.account where id = p_user;
  select roles into all_ from app.role_change where user_id = p_user and decided_at is null;
  all_ := coalesce(all_, r);
  if not app.account_readmit_do(p_user, p_invite, p_until) then return 'gone'; end if;
  update app.role_change set decided_by = app.uid(), decided_at = now(), outcome = 'withdrawn' where user_id = p_user and decided_at is null;
  if all_ && app.roles_that_wait() then
    update app.account set roles = (select coalesce(array_agg(x), '{}') from unnest(r) x where not (x = any (app.roles_that_wait()))) where id = p_user;
    insert into app.role_change (id, agency_id, user_id, roles, proposed_by) values (p_change, app.my_agency(), p_user, all_, app.uid());
  end if;
  return 'ok';
end $$;

-- ---------------------------------------------------------------- teams
create function app.team_end(p_team uuid) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare t record;
begin
  select * into t from app.team where id = p_team and agency_id = app.my_agency() and state = 'active';
  if not found or not ('administrator' = any (app.my_roles())) or app.stepped_up() is null then raise exception 'not allowed' using errcode = '42501'; end if;
  if t.intake and not exists (select from app.team where id <> p_team and agency_id = t.agency_id and intake and state = 'active') then return 'last_intake'; end if;
  if exists (select from app.case_record where home_group = p_team and state <> 'closed') or exists (select from app.contact where home_group = p_team and state in ('new', 'open')) then return 'has_work'; end if;
  update app.team set state = 'ended', intake = false where id = p_team;
  return 'ok';
end $$;

-- ---------------------------------------------------------------- absence
-- May I arrange this person's absence: my own, or somebody's in a team that I supervise.
create function app.arranges(p_user uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select p_user = app.uid() or exists (select from app.member m where m.user_id = p_user and m.confirmed_by is not null and now() < m.until and m.team_id = any (app.supervises())) $$;
-- The deputy gets the functions of the absent person where missing, until the end; they wait for the keys like every other member.
create function app.absence_start(p_id uuid, p_user uuid, p_deputy uuid, p_from timestamptz, p_until timestamptz) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid := app.my_agency();
begin
  if g is null or app.stepped_up() is null or not app.arranges(p_user) or not exists (select from app.account where id = p_user and agency_id = g and state = 'active') then raise exception 'not allowed' using errcode = '42501'; end if;
  if p_deputy = p_user or not exists (select from app.account where id = p_deputy and agency_id = g and state = 'active' and public_x is not null
     and roles && array['supervisor','case_worker','duty_specialist','psychologist','lawyer','shelter_carer','follow_up_worker']) then return 'deputy_unfit'; end if;
  if p_until <= now() or p_until <= p_from or p_until > now() + interval '370 days' then return 'dates'; end if;
  if exists (select from app.absence where user_id = p_user and ended_at is null and until > now()) then return 'already'; end if;
  if exists (select from app.absence where user_id = p_deputy and ended_at is null and until > p_from and from_at < p_until) then return 'deputy_away'; end if;
  insert into app.absence (id, user_id, deputy_id, from_at, until) values (p_id, p_user, p_deputy, p_from, p_until);
  insert into app.member (user_id, team_id, function, for_user, until)
    select p_deputy, m.team_id, m.function, p_user, p_until from app.member m where m.user_id = p_user and m.for_user is null and m.confirmed_by is not null and now() < m.until on conflict do nothing;
  return 'ok';
end $$;
create function app.absence_end(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare a record;
begin
  select * into a from app.absence where id = p_id and ended_at is null;
  if not found or not (app.arranges(a.user_id) or a.deputy_id = app.uid()) then raise exception 'not allowed' using errcode = '42501'; end if;
  update app.absence set ended_at = now() where id = p_id;
  delete from app.member where user_id = a.deputy_id and for_user = a.user_id;
  -- No new key versions: a deputy stays a colleague, and keys never leave the server. What was lent is taken back.
  delete from app.team_key_wrap w where w.user_id = a.deputy_id and w.until < 'infinity'
    and not exists (select from app.member m where m.user_id = a.deputy_id and m.team_id = w.team_id and now() < m.until and w.compartment = any (app.function_holds(m.function)));
  delete from app.key_wrap w where w.holder = 'user' and w.holder_id = a.deputy_id and w.record in (select record from app.grant_ where user_id = a.user_id)
    and not exists (select from app.grant_ g where g.user_id = a.deputy_id and g.record = w.record and g.ended_at is null and now() < g.until);
  update app.account set keys_version = keys_version + 1 where id = a.deputy_id;
  return true;
end $$;
-- Who stands in for a colleague now: whatever is sealed to that colleague goes to them as well.
create function app.deputies_of(p_user uuid) returns table (user_id uuid, public_x bytea, until timestamptz) language sql stable security definer set search_path = pg_catalog as $$
  select d.id, d.public_x, a.until from app.absence a join app.account d on d.id = a.deputy_id
   where a.user_id = p_user and a.ended_at is null and now() < a.until and d.state = 'active' and d.public_x is not null and d.agency_id = app.my_agency() $$;

-- ---------------------------------------------------------------- break-glass
-- 'ok', 'not_yours', or 'suspended': an own use that nobody has reviewed within 72 hours.
create function app.glass_may() returns text language sql stable security definer set search_path = pg_catalog as $$
  select case when not exists (select from app.glass_people() where user_id = app.uid()) then 'not_yours'
    when exists (select from app.break_glass where user_id = app.uid() and reviewed_at is null and opened_at < now() - interval '72 hours') then 'suspended' else 'ok' end $$;
-- One named case of the agency, four hours, read only: the row, the grants that show the record, and the alert, together or not at all. Null: no such case, or excluded.
create function app.glass_open(p_id uuid, p_number text, p_reason text, p_grants uuid[], p_look uuid) returns jsonb language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.stepped_up(); c record; u timestamptz := now() + interval '4 hours'; old record; ex uuid[];
begin
  if me is null or app.glass_may() <> 'ok' or cardinality(p_grants) <> 3 then raise exception 'not allowed' using errcode = '42501'; end if;
  select * into c from app.case_record where number = p_number and home_group = any (app.my_agency_teams());
  if not found then return null; end if;
  ex := app.my_excluded();
  if c.id = any (ex) or c.person_id = any (ex) or c.contact_id = any (ex) then return null; end if;
  select id, until into old from app.break_glass where user_id = me and record = c.id and until > now();
  if found then return jsonb_build_object('id', old.id, 'fresh', false, 'case', c.id, 'person', c.person_id, 'homeGroup', c.home_group, 'until', old.until); end if;
  insert into app.break_glass (id, record, home_group, user_id, reason, until) values (p_id, c.id, c.home_group, me, p_reason, u);
  insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values
    (p_grants[1], c.id, 'case', c.home_group, me, '{}', array['read'], 'break_glass', u, me),
    (p_grants[2], c.person_id, 'person', c.home_group, me, '{1,2}', array['read'], 'break_glass', u, me),
    (p_grants[3], p_id, 'account', c.home_group, me, '{1}', array['read'], 'break_glass', u, me);
  insert into app.second_look (id, record, kind, home_group, what, done_by) values (p_look, c.id, 'case', c.home_group, 'break_glass', me);
  return jsonb_build_object('id', p_id, 'fresh', true, 'case', c.id, 'person', c.person_id, 'homeGroup', c.home_group, 'until', u);
end $$;
create function app.glass_extend(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.stepped_up(); b record; p uuid;
begin
  select * into b from app.break_glass where id = p_id and user_id = me and until > now() and not extended for update;
  if not found then return false; end if;
  select person_id into p from app.case_record where id = b.record;
  update app.break_glass set extended = true, until = b.until + interval '4 hours' where id = p_id;
  update app.grant_ set until = b.until + interval '4 hours' where user_id = me and purpose = 'break_glass' and ended_at is null and record in (b.record, p, p_id);
  update app.key_wrap set until = b.until + interval '4 hours' where holder = 'user' and holder_id = me and until = b.until and record = p;
  return true;
end $$;
create function app.glass_close(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); b record; p uuid;
begin
  select * into b from app.break_glass where id = p_id and user_id = me and until > now() for update;
  if not found then return false; end if;
  select person_id into p from app.case_record where id = b.record;
  update app.break_glass set until = now() where id = p_id;
  update app.grant_ set ended_at = now() where user_id = me and purpose = 'break_glass' and ended_at is null and record in (b.record, p, p_id);
  delete from app.key_wrap where holder = 'user' and holder_id = me and record = p
    and not exists (select from app.grant_ g where g.user_id = me and g.record = p and g.ended_at is null and now() < g.until);
  return true;
end $$;
-- By a supervisor, never one's own. Where the only supervisor opened it, the auditor looks: otherwise nobody could, and the right would be gone for ever.
create function app.glass_review(p_id uuid, p_outcome text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); b record; other boolean;
begin
  select * into b from app.break_glass where id = p_id and home_group = any (app.my_agency_teams()) and reviewed_at is null for update;
  if not found or b.user_id = me then return false; end if;
  other := exists (select from app.member m join app.account a on a.id = m.user_id where m.function = 'supervision' and m.confirmed_by is not null and now() < m.until and m.for_user is null
    and a.state = 'active' and 'supervisor' = any (a.roles) and a.agency_id = app.my_agency() and a.id <> b.user_id);
  if not (cardinality(app.supervises()) > 0 or ('auditor' = any (app.my_roles()) and not other)) then return false; end if;
  update app.break_glass set reviewed_by = me, reviewed_at = now(), outcome = p_outcome where id = p_id;
  update app.second_look set seen_by = me, seen_at = now() where record = b.record and what = 'break_glass' and done_by = b.user_id and seen_at is null;
  return true;
end $$;
grant update (seen_by, seen_at) on app.second_look to authz;

-- Records that I see by break-glass alone: nothing may be written to them, whatever a route forgets.
create function app.my_glass() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct g.record), '{}') from app.grant_ g where g.user_id = app.uid() and g.purpose = 'break_glass' and g.ended_at is null and now() < g.until
   and not (g.home_group = any (app.my_groups()))
   and not exists (select from app.grant_ o where o.user_id = g.user_id and o.record = g.record and o.purpose <> 'break_glass' and o.ended_at is null and now() < o.until)
   and not exists (select from app.case_record c where c.assignee = g.user_id and c.state <> 'closed' and g.record in (c.id, c.person_id)) $$;
set role owner;
create policy glass_reads_only on app.case_record as restrictive for update to staff_rw using (not (id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.person as restrictive for update to staff_rw using (not (id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.sealed as restrictive for update to staff_rw using (not (record = any ((select app.my_glass())::uuid[])));
create policy glass_adds_nothing on app.sealed as restrictive for insert to staff_rw with check (not (record = any ((select app.my_glass())::uuid[])));
reset role;
create or replace function app.journal_append(p_record uuid, p_kind text, p_group uuid, p_type text, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); g uuid;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  select home_group into g from app.record_head where record = p_record;
  g := coalesce(g, p_group);
  if p_record = any (app.my_excluded()) or (p_kind in ('contact', 'person', 'case')
     and (not (g = any (app.my_groups()) or g = any (app.my_desk()) or p_record = any (app.my_direct())) or p_record = any (app.my_glass()))) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return app.journal_write(p_record, p_kind, g, p_type, me, p_command, p_compartments, p_parts, p_dek);
end $$;

-- ---------------------------------------------------------------- audit and health
-- Who looked at a record of a team that I supervise; the auditor reads app.read_audit itself.
create function app.record_reads(p_records uuid[], p_limit integer, p_offset integer) returns table (at timestamptz, actor uuid, action text, purpose text, outcome text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.at, a.actor, a.action, a.purpose, a.outcome from app.read_audit a where a.records && array(select h.record from app.record_head h where h.record = any (p_records)
    and h.home_group = any (app.supervises()) and not (h.record = any (app.my_excluded()))) order by a.at desc, a.id limit least(p_limit, 200) offset p_offset $$;
-- For an auditor who has a number on paper: the ids to look for, without the right to see the case.
create function app.case_ids(p_number text) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(x), '{}') from (select unnest(array[c.id, c.person_id, c.contact_id]) x from app.case_record c where c.number = p_number and c.home_group = any (app.my_agency_teams())
    and 'auditor' = any (app.my_roles())) y where x is not null $$;
create function app.sealer_state(out newest timestamptz, out waiting bigint) language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not (app.my_roles() && array['administrator', 'auditor']) then raise exception 'not allowed' using errcode = '42501'; end if;
  select max(at) into newest from app.tree_head;
  select count(*) into waiting from app.unsealed_leaf;
end $$;

-- ---------------------------------------------------------------- owners and rights
do $$ declare f record;
  open_ text[] := array['supervises','admin_invite','role_propose','role_decide','admin_member_put','leaver_waits','account_leave','admin_readmit','team_end','absence_start','absence_end','deputies_of',
    'glass_may','glass_open','glass_extend','glass_close','glass_review','my_glass','record_reads','case_ids','sealer_state','arranges'];
  inner_ text[] := array['last_administrator','role_of_function','roles_that_wait'];
begin
  for f in select p.proname, p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname = any (open_ || inner_) loop
    execute format('alter function %s owner to authz', f.sig);
    execute format('revoke all on function %s from public', f.sig);
    if f.proname = any (open_) then execute format('grant execute on function %s to staff_rw', f.sig); end if;
  end loop;
  -- One person alone no longer adds, changes or closes: the functions above ask for the second, and for a step-up.
  for f in select p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname in ('account_add','account_roles','account_disable','account_readmit') loop
    execute format('revoke execute on function %s from staff_rw', f.sig);
  end loop;
end $$;
grant execute on function app.my_glass() to scribe;
-- The auditor's page reads changes by time.
set role owner;
create index on app.journal (recorded_at);
reset role;
