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
