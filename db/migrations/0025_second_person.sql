-- One administrator alone could make a team, invite somebody who does not exist, enrol as that person, begin there as the first of the desk (who confirms himself), and
-- send new reports to that team. Two rules close this: who begins a function alone needs a second person, and moving the intake is looked at by others.
set role owner;
alter table app.member add put_by uuid references app.account, -- who put the person there; null: on the server, by the command line
  add agreed_by uuid references app.account;                    -- the second person: may begin alone
reset role;

-- ---------------------------------------------------------------- who put whom
create function app.member_put_by() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- Put anew after an end: by whoever does it now.
  if tg_op = 'INSERT' or new.confirmed_by is null then new.put_by := app.uid(); new.agreed_by := null; end if;
  return new;
end $$;
alter function app.member_put_by() owner to authz;
revoke all on function app.member_put_by() from public;
create trigger member_put_by before insert or update of until on app.member for each row execute function app.member_put_by();
-- An invitation anew makes whoever holds the link that person: whoever invites has put that person there, and nobody has agreed to it yet.
create or replace function app.account_readmit_do(p_user uuid, p_invite bytea, p_until timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.account set state = 'invited', invite_verifier = p_invite, invite_until = p_until, public_x = null, public_ed = null, pw_bundle = null, pw_verifier = null,
    code_bundle = null, code_verifier = null, totp = null, totp_step = 0, keys_version = keys_version + 1 where id = p_user;
  if not found then return false; end if;
  perform app.account_strip_do(p_user);
  update app.member set confirmed_by = null, put_by = app.uid(), agreed_by = null where user_id = p_user;
  return true;
end $$;

-- ---------------------------------------------------------------- who may begin alone
-- True while nobody has agreed and somebody could have: another person of the agency who has ever been an administrator or supervisor here, also one who is shut out
-- now. Whoever counted only those of today could be got round by closing their accounts first. Where all have really left, `user readmit` on the server helps.
create function app.second_is_missing(p_user uuid, p_team uuid, p_function text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.member m join app.team t on t.id = m.team_id join app.account a on a.agency_id = t.agency_id
   where m.user_id = p_user and m.team_id = p_team and m.function = p_function and m.confirmed_by is null and m.put_by is not null and m.agreed_by is null
     and a.id <> m.put_by and a.id <> p_user and (a.state = 'active' or a.keys_version > 0)
     and (a.roles && array['administrator', 'supervisor'] or exists (select from app.role_change c where c.user_id = a.id and c.roles && array['administrator', 'supervisor']))) $$;
-- 'colleague': somebody in the team can confirm and has to. Otherwise the person would begin alone: 'second' waits for a second person, 'free' begins at the next sign-in.
create function app.member_begins(p_user uuid, p_team uuid, p_function text) returns text language sql stable security definer set search_path = pg_catalog as $$
  select case
    when exists (select from app.member where team_id = p_team and function = p_function and user_id <> p_user and confirmed_by is not null and now() < until)
      or exists (select from app.team_key k where k.team_id = p_team and k.retired_at is null and k.compartment = any (app.function_holds(p_function)) and not app.has_wrap(p_user, p_team, k.compartment, k.version))
    then 'colleague' when app.second_is_missing(p_user, p_team, p_function) then 'second' else 'free' end $$;
create function app.my_beginnings() returns table (team_id uuid, function text, begins text) language sql stable security definer set search_path = pg_catalog as $$
  select m.team_id, m.function, app.member_begins(m.user_id, m.team_id, m.function) from app.member m
   where m.user_id = app.uid() and m.confirmed_by is null and now() < m.until and m.for_user is null $$;
-- The keys of a team are made by somebody who is there already or may begin: what is sealed to a key is readable for its maker.
create or replace function app.team_key_make(p_team uuid, p_compartment smallint, p_public bytea, p_wrapped bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if not exists (select from app.member where user_id = me and team_id = p_team and now() < until and p_compartment = any (app.function_holds(function))) then raise exception 'not a member' using errcode = '42501'; end if;
  if not exists (select from app.member where user_id = me and team_id = p_team and now() < until and p_compartment = any (app.function_holds(function))
     and (confirmed_by is not null or not app.second_is_missing(me, p_team, function))) then return false; end if;
  perform pg_advisory_xact_lock(hashtext('team_key' || p_team::text));
  if exists (select from app.team_key where team_id = p_team and compartment = p_compartment) then return false; end if;
  insert into app.team_key (team_id, compartment, version, public_x) values (p_team, p_compartment, 1, p_public);
  insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values (p_team, p_compartment, 1, me, 1, p_wrapped);
  update app.account set keys_version = keys_version + 1 where id = me;
  return true;
end $$;
create or replace function app.member_first(p_team uuid, p_function text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if not coalesce(app.role_of_function(p_function) = any (app.my_roles()), false) then return false; end if;
  if app.second_is_missing(me, p_team, p_function) then return false; end if;
  if exists (select from app.member where team_id = p_team and function = p_function and confirmed_by is not null and now() < until) or not app.keys_complete(me, p_team, p_function) then return false; end if;
  update app.member set confirmed_by = me where user_id = me and team_id = p_team and function = p_function and for_user is null;
  return found;
end $$;
-- A colleague who hands on keys is the second person too: what of the function's keys nobody has made yet, the newcomer may then make.
create or replace function app.member_seal(p_user uuid, p_team uuid, p_function text, p_compartments smallint[], p_versions integer[], p_wrapped bytea[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); u timestamptz;
begin
  if me is null or p_user = me or not exists (select from app.member where user_id = me and team_id = p_team and confirmed_by is not null and now() < until) then raise exception 'not a member' using errcode = '42501'; end if;
  select until into u from app.member where user_id = p_user and team_id = p_team and function = p_function and now() < until;
  if u is null then raise exception 'no such member' using errcode = '42501'; end if;
  if exists (select from unnest(p_compartments, p_versions) as x(c, v) where not (c = any (app.function_holds(p_function))) or not app.has_wrap(me, p_team, c, v)) then raise exception 'not a holder' using errcode = '42501'; end if;
  insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped, until) select p_team, c, v, p_user, 0, w, u from unnest(p_compartments, p_versions, p_wrapped) as x(c, v, w)
    on conflict (team_id, compartment, version, user_id) do update set until = greatest(app.team_key_wrap.until, excluded.until);
  update app.account set keys_version = keys_version + 1 where id = p_user;
  update app.member set agreed_by = me where user_id = p_user and team_id = p_team and function = p_function and put_by <> me and agreed_by is null;
  if app.keys_complete(p_user, p_team, p_function) then
    update app.member set confirmed_by = me where user_id = p_user and team_id = p_team and function = p_function and confirmed_by is null;
    return true;
  end if;
  return false;
end $$;

-- ---------------------------------------------------------------- the second person
create function app.decides_roles() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce('administrator' = any (app.my_roles()), false) or cardinality(app.supervises()) > 0 $$;
create function app.members_to_agree() returns table (user_id uuid, team_id uuid, function text, put_by uuid) language sql stable security definer set search_path = pg_catalog as $$
  select m.user_id, m.team_id, m.function, m.put_by from app.member m join app.team t on t.id = m.team_id and t.agency_id = app.my_agency() and t.state = 'active'
   where app.decides_roles() and m.confirmed_by is null and m.put_by is not null and m.agreed_by is null and m.for_user is null and now() < m.until
     and app.member_begins(m.user_id, m.team_id, m.function) = 'second' order by m.user_id, m.team_id, m.function $$;
-- 'ok', 'own' (put there by oneself, or oneself), 'gone'.
create function app.member_agree(p_user uuid, p_team uuid, p_function text, p_outcome text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.stepped_up(); m record;
begin
  if me is null or not app.decides_roles() or not (p_team = any (app.my_agency_teams())) or p_outcome not in ('approved', 'refused') then raise exception 'not allowed' using errcode = '42501'; end if;
  select * into m from app.member where user_id = p_user and team_id = p_team and function = p_function and confirmed_by is null and put_by is not null and agreed_by is null and now() < until for update;
  if not found then return 'gone'; end if;
  if m.put_by = me or p_user = me then return 'own'; end if;
  if p_outcome = 'refused' then perform app.member_end_do(p_user, p_team, p_function); return 'ok'; end if;
  update app.member set agreed_by = me where user_id = p_user and team_id = p_team and function = p_function;
  return 'ok';
end $$;

-- ---------------------------------------------------------------- where new reports go
-- Somebody is there who will see what arrives.
create function app.team_receives(p_team uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.member where team_id = p_team and function in ('desk', 'casework', 'supervision') and confirmed_by is not null and now() < until) $$;
-- True when another team takes over: one with somebody in it, unless nobody is in this one either.
create function app.intake_is_kept(p_team uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.team o join app.team t on t.id = p_team and o.agency_id = t.agency_id and o.id <> p_team
   where o.intake and o.state = 'active' and (app.team_receives(o.id) or not app.team_receives(p_team))) $$;
-- Goes ahead, stands on the worklist of others until one of them has looked. The last desk with somebody in it cannot be switched off: reports would lie unseen.
create function app.intake_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); was boolean := false; is_ boolean := new.intake and new.state = 'active';
begin
  if tg_op = 'UPDATE' then was := old.intake and old.state = 'active'; end if;
  if me is null or was = is_ then return new; end if;
  if was and not app.intake_is_kept(new.id) then raise exception 'last intake' using errcode = '42501'; end if;
  insert into app.second_look (id, record, kind, home_group, what, done_by) values (gen_random_uuid(), new.id, 'team', new.agency_id, 'intake_changed', me);
  return new;
end $$;
create trigger intake_changed after insert or update on app.team for each row execute function app.intake_changed();
create or replace function app.team_end(p_team uuid) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare t record;
begin
  select * into t from app.team where id = p_team and agency_id = app.my_agency() and state = 'active';
  if not found or not ('administrator' = any (app.my_roles())) or app.stepped_up() is null then raise exception 'not allowed' using errcode = '42501'; end if;
  if t.intake and not app.intake_is_kept(p_team) then return 'last_intake'; end if;
  if exists (select from app.case_record where home_group = p_team and state <> 'closed') or exists (select from app.contact where home_group = p_team and state in ('new', 'open')) then return 'has_work'; end if;
  update app.team set state = 'ended', intake = false where id = p_team;
  return 'ok';
end $$;
-- Who has to look: supervisors, the desks of the other teams, and everybody of a team that no longer takes new contacts. Not the desk that has just gained them alone.
create function app.intake_to_look() returns table (id uuid, record uuid, done_by uuid, done_at timestamptz) language sql stable security definer set search_path = pg_catalog as $$
  select l.id, l.record, l.done_by, l.done_at from app.second_look l join app.team t on t.id = l.record
   where l.kind = 'team' and l.seen_at is null and t.agency_id = app.my_agency() and l.done_by <> app.uid()
     and (cardinality(app.supervises()) > 0 or exists (select from app.member m where m.user_id = app.uid() and m.confirmed_by is not null and now() < m.until
       and case when m.team_id = t.id then not (t.intake and t.state = 'active') else m.function = 'desk' end and m.team_id = any (app.my_agency_teams())))
   order by l.done_at, l.id limit 25 $$;
create function app.intake_looked(p_id uuid) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare r uuid;
begin
  select record into r from app.intake_to_look() where id = p_id;
  if r is not null then update app.second_look set seen_by = app.uid(), seen_at = now() where id = p_id and seen_at is null; end if;
  return r;
end $$;
-- The intake team whose key is oldest (0021), and before others one with somebody in it.
create or replace function app.public_desk() returns table (team_id uuid, key_version integer, public_x bytea, recovery_public bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select t.id, k.version, k.public_x, i.recovery_public
    from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 4 and k.retired_at is null, app.installation i
   where t.intake and t.state = 'active'
   order by app.team_receives(t.id) desc, (select min(o.made_at) from app.team_key o where o.team_id = t.id and o.compartment = 4), t.id, k.version desc limit 1 $$;

-- ---------------------------------------------------------------- owners and rights
do $$ declare f record;
  open_ text[] := array['my_beginnings', 'members_to_agree', 'member_agree', 'intake_is_kept', 'intake_to_look', 'intake_looked'];
  inner_ text[] := array['second_is_missing', 'member_begins', 'decides_roles', 'team_receives', 'intake_changed'];
begin
  for f in select p.proname, p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname = any (open_ || inner_) loop
    execute format('alter function %s owner to authz', f.sig);
    execute format('revoke all on function %s from public', f.sig);
    if f.proname = any (open_) then execute format('grant execute on function %s to staff_rw', f.sig); end if;
  end loop;
end $$;
grant execute on function app.team_receives(uuid) to intake;
