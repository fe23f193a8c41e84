-- Sessions: what a live token opens. Called first in every office transaction; null when nobody is there.
-- Idle 15 min; on a shared computer 5 min without a request locks. The idle stamp moves at most once a minute, so that reading a page is not a write.
create function app.session_open() returns jsonb language plpgsql volatile security definer set search_path = pg_catalog as $$
declare s record; a record; g record; was_locked boolean;
begin
  select * into s from app.session where token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8')) and now() < expires_at and now() < idle_until and revoked_at is null;
  if not found then return null; end if;
  select * into a from app.account where id = s.user_id and state = 'active';
  if not found then return null; end if;
  if s.shared_computer and s.locked_at is null and now() > s.idle_until - interval '10 minutes' then
    update app.session set locked_at = now() where id = s.id; s.locked_at := now();
  end if;
  if s.locked_at is null and s.idle_until < now() + interval '14 minutes' then
    update app.session set idle_until = now() + interval '15 minutes' where id = s.id;
  end if;
  was_locked := s.locked_at is not null;
  select session_hours, time_zone, size into g from app.agency where id = a.agency_id;
  return jsonb_build_object('id', s.id, 'userId', a.id, 'agencyId', a.agency_id, 'roles', a.roles, 'locked', was_locked, 'sharedComputer', s.shared_computer,
    'bundle', encode(s.bundle, 'base64'), 'profile', encode(a.profile, 'base64'), 'keysVersion', a.keys_version, 'expiresAt', s.expires_at, 'stepUpAt', s.step_up_at,
    'timeZone', g.time_zone, 'size', g.size, 'demo', (select demo from app.installation),
    'groups', case when was_locked then '[]' else to_jsonb(app.my_groups()) end, 'desk', case when was_locked then '[]' else to_jsonb(app.my_desk()) end,
    'direct', case when was_locked then '[]' else to_jsonb(app.my_direct()) end, 'excluded', case when was_locked then '[]' else to_jsonb(app.my_excluded()) end);
end $$;
alter function app.session_open() owner to authz;
revoke all on function app.session_open() from public;
grant execute on function app.session_open() to staff_rw;

-- ---------------------------------------------------------------- tables of sign-in
set role owner;
-- One row per login that was tried and failed, known or not: a delay that only real accounts had would tell which logins exist.
create table app.login_delay (login_hmac bytea primary key, fails integer not null, next_try timestamptz not null, at timestamptz not null default now());
-- Challenges that were answered: each counts once.
create table app.used_once (hash bytea primary key, at timestamptz not null default now());
-- The public half of an agency's break-glass key: whoever holds T(identity) or T(whereabouts) can deposit it, only supervisors and duty specialists can take it out.
create table app.break_glass_public (agency_id uuid not null references app.agency, version integer not null, public_x bytea not null,
  made_at timestamptz not null default now(), retired_at timestamptz, primary key (agency_id, version));
reset role;
do $$ declare t text; begin
  foreach t in array array['login_delay', 'used_once', 'break_glass_public'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  end loop;
  foreach t in array array['login_delay', 'used_once', 'break_glass_public', 'team_key', 'team_key_wrap', 'break_glass_key', 'break_glass_team_key', 'rotation', 'key_wrap'] loop
    execute format('grant select on app.%I to authz', t);
    execute format('create policy authz_all on app.%I for all to authz using (true) with check (true)', t);
  end loop;
  foreach t in array array['member', 'grant_', 'passkey', 'printed_code', 'held_form', 'absence'] loop
    execute format('create policy authz_all on app.%I for all to authz using (true) with check (true)', t);
  end loop;
  -- The migrator acts as `owner` when an installation is made or a person is added from the command line.
  foreach t in array array['installation', 'agency', 'team', 'helpline', 'account', 'member'] loop
    execute format('create policy owner_all on app.%I for all to owner using (true) with check (true)', t);
  end loop;
end $$;
grant insert, update, delete on app.login_delay, app.used_once, app.break_glass_public, app.member, app.held_form, app.team_key, app.team_key_wrap, app.rotation,
  app.break_glass_key, app.break_glass_team_key, app.grant_, app.passkey, app.printed_code, app.absence to authz;
grant update (form, wrapped, holder_version), delete on app.key_wrap to authz;
grant insert, update on app.account to authz;
create policy authz_insert on app.account for insert to authz with check (true);

-- ---------------------------------------------------------------- who may try, and when
-- Seconds to wait after n failures: three are free, then 1, 2, 4 … 60. Never a lock-out: anybody could lock a colleague out.
create function app.delay_seconds(p_fails integer) returns integer language sql immutable set search_path = pg_catalog as $$
  select case when p_fails < 4 then 0 else least(60, power(2, least(p_fails - 4, 10)))::integer end $$;
create function app.wait_seconds(p_login bytea) returns integer language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select ceil(extract(epoch from next_try - now()))::integer from app.login_delay where login_hmac = p_login and next_try > now()), 0) $$;
create function app.sign_in_failed(p_login bytea) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  delete from app.login_delay where at < now() - interval '1 day';
  insert into app.login_delay as d (login_hmac, fails, next_try) values (p_login, 1, now())
    on conflict (login_hmac) do update set fails = d.fails + 1, at = now(), next_try = now() + make_interval(secs => app.delay_seconds(d.fails + 1)) returning fails into n;
  return app.delay_seconds(n);
end $$;

-- What signing in needs of an account; for an unknown login only the wait, and the caller goes on with a made-up salt.
create function app.sign_in_look(p_login bytea) returns jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
declare a record;
begin
  select * into a from app.account where login_hmac = p_login and state = 'active';
  if not found then return jsonb_build_object('wait', app.wait_seconds(p_login)); end if;
  return jsonb_build_object('wait', app.wait_seconds(p_login), 'id', a.id, 'salt', encode(a.pw_salt, 'base64'), 'bundle', encode(a.pw_bundle, 'base64'),
    'codeBundle', encode(a.code_bundle, 'base64'), 'totp', encode(a.totp, 'base64'), 'totpStep', a.totp_step);
end $$;

-- The people of a demonstration, for one-click sign-in; nobody anywhere else.
create function app.demo_people() returns table (id uuid, profile bytea, roles text[], salt bytea, bundle bytea) language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.profile, a.roles, a.pw_salt, a.pw_bundle from app.account a where a.state = 'active' and (select demo from app.installation) order by a.created_day, a.id $$;

-- True when the secret is the one whose SHA-256 is stored: whoever can only send SQL has no secret, and so makes no session.
create function app.secret_fits(p_user uuid, p_method text, p_secret bytea) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select case p_method
      when 'password' then a.pw_verifier = sha256(p_secret) and app.wait_seconds(a.login_hmac) = 0
      when 'code' then a.code_verifier = sha256(p_secret) and app.wait_seconds(a.login_hmac) = 0
      when 'prf' then exists (select from app.passkey k where k.user_id = a.id and k.prf_verifier = sha256(p_secret)) else false end
    from app.account a where a.id = p_user and a.state = 'active'), false) $$;

-- The second step, used up where it fits. 'none' only in a demonstration, and after a passkey that opened the keys itself.
create function app.factor_fits(p_user uuid, p_method text, p_factor text, p_step bigint, p_code bytea, p_passkey uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  case p_factor
    when 'totp' then update app.account set totp_step = p_step where id = p_user and totp is not null and totp_step < p_step;
    when 'printed' then update app.printed_code set used_at = now() where user_id = p_user and verifier = sha256(p_code) and used_at is null;
    when 'passkey' then update app.passkey set counter = greatest(counter, p_step) where user_id = p_user and id = p_passkey;
    when 'none' then return p_method = 'prf' or coalesce((select demo from app.installation), false);
    else return false;
  end case;
  return found;
end $$;

create function app.use_once(p_hash bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from app.used_once where at < now() - interval '1 hour';
  insert into app.used_once (hash) values (p_hash) on conflict do nothing;
  return found;
end $$;

create function app.session_create(p_user uuid, p_method text, p_secret bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid,
  p_id uuid, p_token_hash bytea, p_bundle bytea, p_shared boolean, p_device bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare h integer; l bytea;
begin
  if not app.secret_fits(p_user, p_method, p_secret) or not app.factor_fits(p_user, p_method, p_factor, p_step, p_code, p_passkey) then return false; end if;
  select g.session_hours, a.login_hmac into h, l from app.account a join app.agency g on g.id = a.agency_id where a.id = p_user;
  delete from app.session where user_id = p_user and (now() > expires_at or now() > idle_until or revoked_at is not null);
  insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until, shared_computer, step_up_at, device)
    values (p_id, p_user, p_token_hash, p_bundle, now() + make_interval(hours => h), now() + interval '15 minutes', p_shared, now(), p_device);
  delete from app.login_delay where login_hmac = l;
  return true;
end $$;

-- ---------------------------------------------------------------- one's own session
-- The session of the token, locked or not, as long as it lives.
create function app.session_now() returns app.session language sql stable security definer set search_path = pg_catalog as $$
  select s from app.session s join app.account a on a.id = s.user_id where s.token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8'))
   and now() < s.expires_at and now() < s.idle_until and s.revoked_at is null and a.state = 'active' $$;
create function app.session_look() returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select case when (s).id is null then null else jsonb_build_object('id', (s).id, 'userId', (s).user_id, 'locked', (s).locked_at is not null, 'pinHash', (s).pin_hash, 'pinTries', (s).pin_tries,
    'bundle', encode((s).bundle, 'base64'), 'totp', encode(a.totp, 'base64'), 'totpStep', a.totp_step, 'salt', encode(a.pw_salt, 'base64'), 'pwBundle', encode(a.pw_bundle, 'base64'),
    'loginHmac', encode(a.login_hmac, 'base64'), 'profile', encode(a.profile, 'base64'),
    'passkeys', (select jsonb_agg(jsonb_build_object('credential', encode(k.credential, 'base64'), 'transports', to_jsonb(k.transports))) from app.passkey k where k.user_id = a.id),
    'printedLeft', (select count(*) from app.printed_code c where c.user_id = a.id and used_at is null)) end
  from (select app.session_now() as s) x left join app.account a on a.id = (s).user_id $$;
create function app.sessions_mine() returns table (id uuid, created_at timestamptz, idle_until timestamptz, expires_at timestamptz, shared_computer boolean, locked boolean, device bytea, mine boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.created_at, s.idle_until, s.expires_at, s.shared_computer, s.locked_at is not null, s.device, s.token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8'))
    from app.session s where s.user_id = app.uid() and now() < s.expires_at and now() < s.idle_until and s.revoked_at is null order by s.created_at desc $$;
-- Ending a session deletes the sealed keys with it; null ends the one that asks (locked ones too).
create function app.session_end(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now();
begin
  if s.id is null or (p_id is not null and p_id <> s.id and s.locked_at is not null) then return false; end if;
  delete from app.session where id = coalesce(p_id, s.id) and user_id = s.user_id;
  return found;
end $$;
create function app.session_lock() returns void language sql security definer set search_path = pg_catalog as $$
  update app.session set locked_at = now() where id = (app.session_now()).id and locked_at is null $$;
create function app.session_pin(p_hash text) returns void language sql security definer set search_path = pg_catalog as $$
  update app.session set pin_hash = p_hash, pin_tries = 0 where id = (app.session_now()).id and locked_at is null $$;
-- Five wrong tries end the session: then only a full sign-in helps. Answers 'ok', 'no' or 'ended'.
create function app.session_unlock(p_secret bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now(); fits boolean;
begin
  if s.id is null or s.locked_at is null then return 'ended'; end if;
  fits := case when p_factor = 'pin' then s.pin_hash is not null and split_part(s.pin_hash, ':', 2) = encode(sha256(p_secret), 'hex')
               when p_factor = 'none' then false else app.factor_fits(s.user_id, 'unlock', p_factor, p_step, p_code, p_passkey) end;
  if fits then
    update app.session set locked_at = null, pin_tries = 0, idle_until = now() + interval '15 minutes' where id = s.id;
    return 'ok';
  end if;
  update app.session set pin_tries = pin_tries + 1 where id = s.id;
  if s.pin_tries + 1 >= 5 then delete from app.session where id = s.id; return 'ended'; end if;
  return 'no';
end $$;
create function app.session_step_up(p_secret bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now();
begin
  if s.id is null or s.locked_at is not null then return false; end if;
  if not (case when p_factor = 'password' then app.secret_fits(s.user_id, 'password', p_secret) when p_factor = 'none' then false
               else app.factor_fits(s.user_id, 'step', p_factor, p_step, p_code, p_passkey) end) then return false; end if;
  update app.session set step_up_at = now() where id = s.id;
  return true;
end $$;
create function app.hold_form(p_id uuid, p_sealed bytea) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now();
begin
  if s.id is null or s.locked_at is null or octet_length(p_sealed) > 200000 then return; end if;
  delete from app.held_form where session_id = s.id and id not in (select id from app.held_form where session_id = s.id order by held_at desc limit 4);
  insert into app.held_form (id, session_id, sealed) values (p_id, s.id, p_sealed);
  -- Whoever has just sent something gets the time to open the screen again.
  update app.session set idle_until = now() + interval '15 minutes' where id = s.id;
end $$;
create function app.held_forms() returns table (id uuid, sealed bytea, held_at timestamptz) language sql stable security definer set search_path = pg_catalog as $$
  select h.id, h.sealed, h.held_at from app.held_form h where h.session_id = (app.session_now()).id and app.uid() is not null order by h.held_at desc $$;
create function app.held_drop(p_id uuid) returns void language sql security definer set search_path = pg_catalog as $$
  delete from app.held_form where id = p_id and session_id = (app.session_now()).id and app.uid() is not null $$;

-- ---------------------------------------------------------------- enrolment and one's own secrets
create function app.invite_look(p_secret bytea) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', id, 'profile', encode(profile, 'base64')) from app.account where invite_verifier = sha256(p_secret) and now() < invite_until and state = 'invited' $$;
create function app.invite_accept(p_secret bytea, p_public_x bytea, p_public_ed bytea, p_salt bytea, p_bundle bytea, p_verifier bytea, p_code_bundle bytea, p_code_verifier bytea,
  p_totp bytea, p_printed_ids uuid[], p_printed bytea[]) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare u uuid;
begin
  update app.account set public_x = p_public_x, public_ed = p_public_ed, pw_salt = p_salt, pw_bundle = p_bundle, pw_verifier = p_verifier, code_bundle = p_code_bundle,
    code_verifier = p_code_verifier, totp = p_totp, totp_step = 0, state = 'active', invite_verifier = null, invite_until = null, keys_version = keys_version + 1
   where invite_verifier = sha256(p_secret) and now() < invite_until and state = 'invited' and (p_totp is not null or cardinality(p_printed) > 0 or (select demo from app.installation)) returning id into u;
  if u is null then return null; end if;
  delete from app.printed_code where user_id = u;
  insert into app.printed_code (id, user_id, verifier) select i, u, v from unnest(p_printed_ids, p_printed) as x(i, v);
  return u;
end $$;
-- A new password: proved by the old one or by the recovery code. Every other session of the person ends.
create function app.password_set(p_user uuid, p_method text, p_secret bytea, p_salt bytea, p_bundle bytea, p_verifier bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_method not in ('password', 'code') or not app.secret_fits(p_user, p_method, p_secret) then return false; end if;
  -- Signed in, the old password is enough; from outside the second step is asked for as well.
  if app.uid() is distinct from p_user and not app.factor_fits(p_user, p_method, p_factor, p_step, p_code, p_passkey) then return false; end if;
  update app.account set pw_salt = p_salt, pw_bundle = p_bundle, pw_verifier = p_verifier where id = p_user;
  delete from app.session where user_id = p_user and token_hash <> sha256(convert_to(current_setting('app.tok', true), 'UTF8'));
  delete from app.login_delay where login_hmac = (select login_hmac from app.account where id = p_user);
  return true;
end $$;
-- The rest only within ten minutes of a step-up.
create function app.stepped_up() returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select (s).user_id from (select app.session_now() as s) x where (s).locked_at is null and (s).step_up_at > now() - interval '10 minutes' $$;
create function app.recovery_set(p_bundle bytea, p_verifier bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin update app.account set code_bundle = p_bundle, code_verifier = p_verifier where id = app.stepped_up(); return found; end $$;
create function app.totp_set(p_totp bytea, p_step bigint) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin update app.account set totp = p_totp, totp_step = p_step where id = app.stepped_up(); return found; end $$;
create function app.printed_set(p_ids uuid[], p_verifiers bytea[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare u uuid := app.stepped_up();
begin
  if u is null then return false; end if;
  delete from app.printed_code where user_id = u;
  insert into app.printed_code (id, user_id, verifier) select i, u, v from unnest(p_ids, p_verifiers) as x(i, v);
  return true;
end $$;
create function app.passkey_add(p_id uuid, p_credential bytea, p_public_key bytea, p_counter bigint, p_transports text[], p_prf_salt bytea, p_prf_bundle bytea, p_prf_verifier bytea, p_label bytea, p_day date)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare u uuid := app.stepped_up();
begin
  if u is null or (select count(*) from app.passkey where user_id = u) >= 10 then return false; end if;
  insert into app.passkey values (p_id, u, p_credential, p_public_key, p_counter, p_transports, p_prf_salt, p_prf_bundle, p_prf_verifier, p_label, p_day) on conflict do nothing;
  return found;
end $$;
create function app.passkey_remove(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin delete from app.passkey where id = p_id and user_id = app.stepped_up(); return found; end $$;
create function app.passkeys_mine() returns table (id uuid, credential bytea, label bytea, prf boolean, created_day date, transports text[]) language sql stable security definer set search_path = pg_catalog as $$
  select k.id, k.credential, k.label, k.prf_bundle is not null, k.created_day, k.transports from app.passkey k where k.user_id = app.uid() $$;
-- By the credential's own random id, which only its holder's device knows.
create function app.passkey_look(p_credential bytea) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', k.id, 'userId', k.user_id, 'publicKey', encode(k.public_key, 'base64'), 'counter', k.counter, 'transports', to_jsonb(k.transports), 'prfBundle', encode(k.prf_bundle, 'base64'))
    from app.passkey k join app.account a on a.id = k.user_id where k.credential = p_credential and a.state = 'active' $$;

-- ---------------------------------------------------------------- people
create function app.roles_fit(p_roles text[]) returns boolean language sql immutable set search_path = pg_catalog as $$
  select cardinality(p_roles) > 0 and p_roles <@ array['administrator','supervisor','case_worker','duty_specialist','psychologist','lawyer','shelter_carer','follow_up_worker','interpreter','partner','analyst','auditor','content_editor']
     and not ('auditor' = any (p_roles) and p_roles && array['supervisor','case_worker','duty_specialist','psychologist','lawyer','shelter_carer','follow_up_worker','interpreter','partner']) $$;
create function app.account_add_do(p_id uuid, p_agency uuid, p_login bytea, p_profile bytea, p_roles text[], p_invite bytea, p_until timestamptz, p_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.roles_fit(p_roles) then return false; end if;
  insert into app.account (id, agency_id, login_hmac, profile, roles, state, invite_verifier, invite_until, created_day)
    values (p_id, p_agency, p_login, p_profile, p_roles, 'invited', p_invite, p_until, p_day) on conflict (login_hmac) do nothing;
  return found;
end $$;
-- Leaving: sessions, membership, wraps and grants go at once; what the person could open gets new team keys in the next unlocked session of a holder.
create function app.account_strip_do(p_user uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into app.rotation (team_id, compartment, from_version, to_version)
    select w.team_id, w.compartment, w.version, w.version + 1 from app.team_key_wrap w join app.team_key k using (team_id, compartment, version)
     where w.user_id = p_user and k.retired_at is null on conflict do nothing;
  update app.break_glass_public p set retired_at = now() where retired_at is null and exists (select from app.break_glass_key k where k.agency_id = p.agency_id and k.version = p.version and k.user_id = p_user);
  delete from app.session where user_id = p_user;
  delete from app.team_key_wrap where user_id = p_user;
  delete from app.break_glass_key where user_id = p_user;
  delete from app.key_wrap where holder = 'user' and holder_id = p_user;
  update app.grant_ set ended_at = now() where user_id = p_user and ended_at is null;
  delete from app.passkey where user_id = p_user;
  delete from app.printed_code where user_id = p_user;
end $$;
create function app.account_disable_do(p_user uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.account set state = 'disabled', invite_verifier = null, pw_bundle = null, pw_verifier = null, code_bundle = null, code_verifier = null, totp = null, keys_version = keys_version + 1
   where id = p_user and state <> 'disabled';
  if not found then return false; end if;
  perform app.account_strip_do(p_user);
  delete from app.member where user_id = p_user or for_user = p_user;
  return true;
end $$;
-- Coming back with nothing: new keys by a new invitation; every function waits again until a colleague who holds the keys confirms.
create function app.account_readmit_do(p_user uuid, p_invite bytea, p_until timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.account set state = 'invited', invite_verifier = p_invite, invite_until = p_until, public_x = null, public_ed = null, pw_bundle = null, pw_verifier = null,
    code_bundle = null, code_verifier = null, totp = null, totp_step = 0, keys_version = keys_version + 1 where id = p_user;
  if not found then return false; end if;
  perform app.account_strip_do(p_user);
  update app.member set confirmed_by = null where user_id = p_user;
  return true;
end $$;
create function app.administers(p_user uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce('administrator' = any (app.my_roles()) and exists (select from app.account where id = p_user and agency_id = app.my_agency()), false) $$;
create function app.account_add(p_id uuid, p_login bytea, p_profile bytea, p_roles text[], p_invite bytea, p_until timestamptz, p_day date) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not coalesce('administrator' = any (app.my_roles()), false) then raise exception 'not allowed' using errcode = '42501'; end if;
  return app.account_add_do(p_id, app.my_agency(), p_login, p_profile, p_roles, p_invite, p_until, p_day);
end $$;
create function app.account_disable(p_user uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) or p_user = app.uid() then raise exception 'not allowed' using errcode = '42501'; end if;
  return app.account_disable_do(p_user);
end $$;
create function app.account_readmit(p_user uuid, p_invite bytea, p_until timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) or p_user = app.uid() then raise exception 'not allowed' using errcode = '42501'; end if;
  return app.account_readmit_do(p_user, p_invite, p_until);
end $$;

-- Membership is put down by an administrator and confirmed by a colleague who holds the keys: nobody confirms by writing a row.
create function app.member_put(p_user uuid, p_team uuid, p_function text, p_for uuid, p_until timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) or not (p_team = any (app.my_agency_teams())) then raise exception 'not allowed' using errcode = '42501'; end if;
  insert into app.member (user_id, team_id, function, for_user, until) values (p_user, p_team, p_function, p_for, p_until)
    on conflict (user_id, team_id, function) do update set until = excluded.until, confirmed_by = case when app.member.until < now() then null else app.member.confirmed_by end;
  return true;
end $$;
-- Leaving a function: its wraps go where no other function of the person in that team has them, and new versions are due.
create function app.member_end_do(p_user uuid, p_team uuid, p_function text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare lost smallint[];
begin
  delete from app.member where user_id = p_user and team_id = p_team and function = p_function;
  if not found then return false; end if;
  select coalesce(array_agg(c), '{}') into lost from unnest(app.function_holds(p_function)) c
   where not exists (select from app.member m where m.user_id = p_user and m.team_id = p_team and now() < m.until and c = any (app.function_holds(m.function)));
  insert into app.rotation (team_id, compartment, from_version, to_version)
    select w.team_id, w.compartment, w.version, w.version + 1 from app.team_key_wrap w join app.team_key k using (team_id, compartment, version)
     where w.user_id = p_user and w.team_id = p_team and w.compartment = any (lost) and k.retired_at is null on conflict do nothing;
  delete from app.team_key_wrap where user_id = p_user and team_id = p_team and compartment = any (lost);
  update app.account set keys_version = keys_version + 1 where id = p_user;
  return true;
end $$;
create function app.member_end(p_user uuid, p_team uuid, p_function text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) then raise exception 'not allowed' using errcode = '42501'; end if;
  return app.member_end_do(p_user, p_team, p_function);
end $$;
create function app.account_roles(p_user uuid, p_roles text[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.administers(p_user) or not app.roles_fit(p_roles) then raise exception 'not allowed' using errcode = '42501'; end if;
  update app.account set roles = p_roles, keys_version = keys_version + 1 where id = p_user;
  return found;
end $$;

-- ---------------------------------------------------------------- team keys
create function app.function_holds(p_function text) returns smallint[] language sql immutable set search_path = pg_catalog as $$
  select case p_function when 'casework' then '{1,2,3,4,7}' when 'supervision' then '{1,3,7}' when 'health' then '{1,3,5,7}' when 'legal' then '{1,3,6}'
    when 'follow_up' then '{1,2,7}' when 'desk' then '{1,2,3,4}' else '{}' end::smallint[] $$;
create function app.my_agency_teams() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(id), '{}') from app.team where agency_id = app.my_agency() $$;
create function app.has_wrap(p_user uuid, p_team uuid, p_compartment smallint, p_version integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from app.team_key_wrap where user_id = p_user and team_id = p_team and compartment = p_compartment and version = p_version and now() < until) $$;
-- True when the person holds the current key of every compartment of the function.
create function app.keys_complete(p_user uuid, p_team uuid, p_function text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select not exists (select from unnest(app.function_holds(p_function)) c where not exists (
    select from app.team_key k join app.team_key_wrap w using (team_id, compartment, version) where k.team_id = p_team and k.compartment = c and k.retired_at is null and w.user_id = p_user and now() < w.until)) $$;
-- A key that nobody has made yet: by a member whose function holds that compartment. An existing one can only be handed on by somebody who holds it.
create function app.team_key_make(p_team uuid, p_compartment smallint, p_public bytea, p_wrapped bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if not exists (select from app.member where user_id = me and team_id = p_team and now() < until and p_compartment = any (app.function_holds(function))) then raise exception 'not a member' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtext('team_key' || p_team::text));
  if exists (select from app.team_key where team_id = p_team and compartment = p_compartment) then return false; end if;
  insert into app.team_key (team_id, compartment, version, public_x) values (p_team, p_compartment, 1, p_public);
  insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values (p_team, p_compartment, 1, me, 1, p_wrapped);
  update app.account set keys_version = keys_version + 1 where id = me;
  return true;
end $$;
-- The first member of a function confirms himself, when he holds all its keys and nobody is there to do it.
create function app.member_first(p_team uuid, p_function text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid();
begin
  if exists (select from app.member where team_id = p_team and function = p_function and confirmed_by is not null and now() < until) or not app.keys_complete(me, p_team, p_function) then return false; end if;
  update app.member set confirmed_by = me where user_id = me and team_id = p_team and function = p_function and for_user is null;
  return found;
end $$;
-- A holder hands keys on: only those that he holds, only to a member of his team whose function has them.
create function app.member_seal(p_user uuid, p_team uuid, p_function text, p_compartments smallint[], p_versions integer[], p_wrapped bytea[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); u timestamptz;
begin
  if me is null or p_user = me or not exists (select from app.member where user_id = me and team_id = p_team and confirmed_by is not null and now() < until) then raise exception 'not a member' using errcode = '42501'; end if;
  select until into u from app.member where user_id = p_user and team_id = p_team and function = p_function and now() < until;
  if u is null then raise exception 'no such member' using errcode = '42501'; end if;
  if exists (select from unnest(p_compartments, p_versions) as x(c, v) where not (c = any (app.function_holds(p_function))) or not app.has_wrap(me, p_team, c, v)) then raise exception 'not a holder' using errcode = '42501'; end if;
  insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped, until) select p_team, c, v, p_user, 0, w, u from unnest(p_compartments, p_versions, p_wrapped) as x(c, v, w)
    on conflict (team_id, compartment, version, user_id) do update set until = greatest(app.team_key_wrap.until, excluded.until);
  update app.account set keys_version = keys_version + 1 where id = p_user;
  if app.keys_complete(p_user, p_team, p_function) then
    update app.member set confirmed_by = me where user_id = p_user and team_id = p_team and function = p_function and confirmed_by is null;
    return true;
  end if;
  return false;
end $$;
-- A new version: by a holder of the current one, sealed to every other confirmed member whose function has the compartment (the caller computes the boxes; all of them or nothing).
create function app.team_key_rotate(p_team uuid, p_compartment smallint, p_version integer, p_public bytea, p_mine bytea, p_users uuid[], p_wrapped bytea[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); cur integer;
begin
  perform pg_advisory_xact_lock(hashtext('team_key' || p_team::text));
  select max(version) into cur from app.team_key where team_id = p_team and compartment = p_compartment and retired_at is null;
  if me is null or not app.has_wrap(me, p_team, p_compartment, cur) then raise exception 'not a holder' using errcode = '42501'; end if;
  if p_version <> cur + 1 or not exists (select from app.rotation where team_id = p_team and compartment = p_compartment and from_version = cur and done_at is null) then return false; end if;
  if exists (select w.user_id from app.team_key_wrap w where w.team_id = p_team and w.compartment = p_compartment and w.version = cur and now() < w.until and w.user_id <> me
             and not (w.user_id = any (p_users))) then return false; end if;
  if exists (select from unnest(p_users) x(u) where not app.has_wrap(u, p_team, p_compartment, cur)) then raise exception 'not a holder' using errcode = '42501'; end if;
  update app.team_key set retired_at = now() where team_id = p_team and compartment = p_compartment and retired_at is null;
  insert into app.team_key (team_id, compartment, version, public_x) values (p_team, p_compartment, p_version, p_public);
  insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped, until)
    select p_team, p_compartment, p_version, me, 1, p_mine, until from app.team_key_wrap where team_id = p_team and compartment = p_compartment and version = cur and user_id = me
    union all select p_team, p_compartment, p_version, x.u, 0, x.w, o.until from unnest(p_users, p_wrapped) as x(u, w)
      join app.team_key_wrap o on o.team_id = p_team and o.compartment = p_compartment and o.version = cur and o.user_id = x.u;
  update app.account set keys_version = keys_version + 1 where id = me or id = any (p_users);
  return true;
end $$;
-- Who holds the current version, with their public keys: whom the next one must be sealed to.
create function app.team_key_holders(p_team uuid, p_compartment smallint) returns table (user_id uuid, public_x bytea, version integer) language sql stable security definer set search_path = pg_catalog as $$
  select w.user_id, a.public_x, k.version from app.team_key k join app.team_key_wrap w using (team_id, compartment, version) join app.account a on a.id = w.user_id
   where k.team_id = p_team and k.compartment = p_compartment and k.retired_at is null and now() < w.until and a.public_x is not null and app.has_wrap(app.uid(), p_team, p_compartment, k.version) $$;
-- Rotations of keys that I hold, with what is still to be re-wrapped.
create function app.rotations_mine() returns table (team_id uuid, compartment smallint, from_version integer, to_version integer, made boolean, waiting bigint) language sql stable security definer set search_path = pg_catalog as $$
  select r.team_id, r.compartment, r.from_version, r.to_version, exists (select from app.team_key k where k.team_id = r.team_id and k.compartment = r.compartment and k.version = r.to_version),
    (select count(*) from app.key_wrap w where w.holder = 'team' and w.holder_id = r.team_id and w.compartment = r.compartment and w.holder_version <= r.from_version)
    from app.rotation r where r.done_at is null and app.has_wrap(app.uid(), r.team_id, r.compartment, r.from_version) order by r.team_id, r.compartment $$;
create function app.rotation_batch(p_team uuid, p_compartment smallint, p_from integer, p_limit integer) returns setof app.key_wrap language sql security definer set search_path = pg_catalog as $$
  select w.* from app.key_wrap w where w.holder = 'team' and w.holder_id = p_team and w.compartment = p_compartment and w.holder_version = p_from and app.has_wrap(app.uid(), p_team, p_compartment, p_from)
   order by w.record limit p_limit for update skip locked $$;
create function app.rotation_put(p_team uuid, p_compartment smallint, p_from integer, p_to integer, p_records uuid[], p_dek smallint[], p_wrapped bytea[]) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare n integer;
begin
  if not app.has_wrap(app.uid(), p_team, p_compartment, p_from) or not app.has_wrap(app.uid(), p_team, p_compartment, p_to) then raise exception 'not a holder' using errcode = '42501'; end if;
  update app.key_wrap w set form = 1, wrapped = x.b, holder_version = p_to from unnest(p_records, p_dek, p_wrapped) as x(r, d, b)
   where w.record = x.r and w.compartment = p_compartment and w.dek_version = x.d and w.holder = 'team' and w.holder_id = p_team and w.holder_version = p_from;
  get diagnostics n = row_count;
  return n;
end $$;
-- Done when nothing hangs on the old version any more. Two minutes of grace: a request that began before the new version may still write under the old one.
create function app.rotation_finish(p_team uuid, p_compartment smallint, p_from integer) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.has_wrap(app.uid(), p_team, p_compartment, p_from) then raise exception 'not a holder' using errcode = '42501'; end if;
  if exists (select from app.key_wrap w where w.holder = 'team' and w.holder_id = p_team and w.compartment = p_compartment and w.holder_version <= p_from)
     or not exists (select from app.team_key k where k.team_id = p_team and k.compartment = p_compartment and k.version = p_from + 1 and k.made_at < now() - interval '2 minutes') then return false; end if;
  update app.rotation set done_at = now() where team_id = p_team and compartment = p_compartment and from_version = p_from;
  with gone as (delete from app.team_key_wrap where team_id = p_team and compartment = p_compartment and version <= p_from returning user_id)
    update app.account set keys_version = keys_version + 1 where id in (select user_id from gone);
  delete from app.break_glass_team_key where team_id = p_team and compartment = p_compartment and version <= p_from;
  return true;
end $$;

-- ---------------------------------------------------------------- break-glass key
create function app.glass_people() returns table (user_id uuid, public_x bytea) language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.public_x from app.account a where a.agency_id = app.my_agency() and a.state = 'active' and a.public_x is not null and a.roles && array['supervisor', 'duty_specialist']
   and exists (select from app.member m where m.user_id = a.id and m.function in ('supervision', 'desk') and m.confirmed_by is not null and now() < m.until) $$;
create function app.glass_make(p_version integer, p_public bytea, p_mine bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid := app.my_agency();
begin
  if not exists (select from app.glass_people() where user_id = app.uid()) then raise exception 'not allowed' using errcode = '42501'; end if;
  if exists (select from app.break_glass_public where agency_id = g and (retired_at is null or version >= p_version)) then return false; end if;
  insert into app.break_glass_public (agency_id, version, public_x) values (g, p_version, p_public) on conflict do nothing;
  if not found then return false; end if;
  insert into app.break_glass_key (agency_id, version, user_id, form, wrapped) values (g, p_version, app.uid(), 1, p_mine);
  return true;
end $$;
create function app.glass_seal(p_version integer, p_users uuid[], p_wrapped bytea[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid := app.my_agency();
begin
  if not exists (select from app.break_glass_key where agency_id = g and version = p_version and user_id = app.uid()) then raise exception 'not allowed' using errcode = '42501'; end if;
  insert into app.break_glass_key (agency_id, version, user_id, form, wrapped) select g, p_version, x.u, 0, x.w from unnest(p_users, p_wrapped) as x(u, w) where x.u in (select user_id from app.glass_people()) on conflict do nothing;
end $$;
create function app.glass_missing(p_version integer) returns table (user_id uuid, public_x bytea) language sql stable security definer set search_path = pg_catalog as $$
  select p.user_id, p.public_x from app.glass_people() p where not exists (select from app.break_glass_key k where k.agency_id = app.my_agency() and k.version = p_version and k.user_id = p.user_id) $$;
create function app.glass_deposit(p_glass integer, p_team uuid, p_compartment smallint, p_version integer, p_wrapped bytea) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_compartment not in (1, 2) or not app.has_wrap(app.uid(), p_team, p_compartment, p_version) then raise exception 'not allowed' using errcode = '42501'; end if;
  insert into app.break_glass_team_key (agency_id, glass_version, team_id, compartment, version, wrapped) values (app.my_agency(), p_glass, p_team, p_compartment, p_version, p_wrapped) on conflict do nothing;
end $$;

-- ---------------------------------------------------------------- owners and rights
do $$ declare f record; open text[] := array['wait_seconds','sign_in_failed','sign_in_look','use_once','session_create','session_look','sessions_mine','session_end','session_lock','session_pin',
  'session_unlock','session_step_up','hold_form','held_forms','held_drop','invite_look','invite_accept','password_set','recovery_set','totp_set','printed_set','passkey_add','passkey_remove',
  'passkeys_mine','passkey_look','roles_fit','administers','account_add','account_disable','account_readmit','function_holds','my_agency_teams','keys_complete','team_key_make','member_first','member_seal',
  'team_key_rotate','team_key_holders','rotations_mine','rotation_batch','rotation_put','rotation_finish','glass_make','glass_seal','glass_missing','glass_deposit','delay_seconds',
  'member_put','member_end','account_roles','demo_people'];
  inner_ text[] := array['secret_fits','factor_fits','session_now','stepped_up','account_add_do','account_strip_do','account_disable_do','account_readmit_do','has_wrap','glass_people','member_end_do'];
begin
  for f in select p.proname, p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname = any (open || inner_) loop
    execute format('alter function %s owner to authz', f.sig);
    execute format('revoke all on function %s from public', f.sig);
    if f.proname = any (open) then execute format('grant execute on function %s to staff_rw', f.sig); end if;
    if f.proname in ('account_add_do', 'account_disable_do', 'account_readmit_do', 'member_end_do', 'function_holds') then execute format('grant execute on function %s to owner', f.sig); end if;
  end loop;
end $$;
