-- Who signed in and out, and what was done to people and keys on the server's command line, stands in the journal: written by the functions that do it, so that no
-- caller can leave it out. Codes only.
grant execute on function app.journal_write(uuid, text, uuid, text, uuid, uuid, smallint[], bytea[], smallint[]) to authz, owner;

-- One event of an account. Two first events at the same time would both find no head, and one sign-in would fail: hence the lock.
create function app.account_event(p_user uuid, p_type text, p_actor uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('account' || p_user::text, 0));
  perform app.journal_write(p_user, 'account', (select agency_id from app.account where id = p_user), p_type, p_actor, gen_random_uuid(), '{}', '{}', '{}');
end $$;

create or replace function app.session_create(p_user uuid, p_method text, p_secret bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid,
  p_id uuid, p_token_hash bytea, p_bundle bytea, p_shared boolean, p_device bytea) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare h integer; l bytea;
begin
  if not app.secret_fits(p_user, p_method, p_secret) or not app.factor_fits(p_user, p_method, p_factor, p_step, p_code, p_passkey) then return false; end if;
  select g.session_hours, a.login_hmac into h, l from app.account a join app.agency g on g.id = a.agency_id where a.id = p_user;
  delete from app.session where user_id = p_user and (now() > expires_at or now() > idle_until or revoked_at is not null);
  insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until, shared_computer, step_up_at, device)
    values (p_id, p_user, p_token_hash, p_bundle, now() + make_interval(hours => h), now() + interval '15 minutes', p_shared, now(), p_device);
  delete from app.login_delay where login_hmac = l;
  perform app.account_event(p_user, 'session_opened', p_user);
  return true;
end $$;

-- The password was right and the second step was not: somebody may have the password. Believed only with the secret itself, or anybody could write it of anybody.
create function app.second_step_failed(p_user uuid, p_secret bytea) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.secret_fits(p_user, 'password', p_secret) then perform app.account_event(p_user, 'session_refused', p_user); end if;
end $$;

create or replace function app.session_end(p_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now(); gone boolean;
begin
  if s.id is null or (p_id is not null and p_id <> s.id and s.locked_at is not null) then return false; end if;
  delete from app.session where id = coalesce(p_id, s.id) and user_id = s.user_id;
  gone := found;
  if gone then perform app.account_event(s.user_id, 'session_ended', s.user_id); end if;
  return gone;
end $$;

create or replace function app.invite_accept(p_secret bytea, p_public_x bytea, p_public_ed bytea, p_salt bytea, p_bundle bytea, p_verifier bytea, p_code_bundle bytea, p_code_verifier bytea,
  p_totp bytea, p_printed_ids uuid[], p_printed bytea[]) returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare u uuid;
begin
  update app.account set public_x = p_public_x, public_ed = p_public_ed, pw_salt = p_salt, pw_bundle = p_bundle, pw_verifier = p_verifier, code_bundle = p_code_bundle,
    code_verifier = p_code_verifier, totp = p_totp, totp_step = 0, state = 'active', invite_verifier = null, invite_until = null, keys_version = keys_version + 1
   where invite_verifier = sha256(p_secret) and now() < invite_until and state = 'invited' and (p_totp is not null or cardinality(p_printed) > 0 or (select demo from app.installation)) returning id into u;
  if u is null then return null; end if;
  delete from app.printed_code where user_id = u;
  insert into app.printed_code (id, user_id, verifier) select i, u, v from unnest(p_printed_ids, p_printed) as x(i, v);
  perform app.account_event(u, 'invitation_accepted', u);
  return u;
end $$;

create or replace function app.password_set(p_user uuid, p_method text, p_secret bytea, p_salt bytea, p_bundle bytea, p_verifier bytea, p_factor text, p_step bigint, p_code bytea, p_passkey uuid)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_method not in ('password', 'code') or not app.secret_fits(p_user, p_method, p_secret) then return false; end if;
  -- Signed in, the old password is enough; from outside the second step is asked for as well.
  if app.uid() is distinct from p_user and not app.factor_fits(p_user, p_method, p_factor, p_step, p_code, p_passkey) then return false; end if;
  update app.account set pw_salt = p_salt, pw_bundle = p_bundle, pw_verifier = p_verifier where id = p_user;
  delete from app.session where user_id = p_user and token_hash <> sha256(convert_to(current_setting('app.tok', true), 'UTF8'));
  delete from app.login_delay where login_hmac = (select login_hmac from app.account where id = p_user);
  perform app.account_event(p_user, 'password_changed', p_user);
  return true;
end $$;

alter function app.account_event(uuid, text, uuid) owner to authz;
alter function app.second_step_failed(uuid, bytea) owner to authz;
revoke all on function app.account_event(uuid, text, uuid), app.second_step_failed(uuid, bytea) from public;
grant execute on function app.second_step_failed(uuid, bytea) to staff_rw;
