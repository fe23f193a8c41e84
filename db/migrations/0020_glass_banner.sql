-- An open emergency access is said on every page of the person who opened it, so that nobody forgets that it is open. Everything else is as in 0003.
create or replace function app.session_open() returns jsonb language plpgsql volatile security definer set search_path = pg_catalog as $$
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
    'glass', case when was_locked then null else (select jsonb_build_object('record', b.record, 'until', b.until) from app.break_glass b where b.user_id = a.id and now() < b.until order by b.until desc limit 1) end,
    'groups', case when was_locked then '[]' else to_jsonb(app.my_groups()) end, 'desk', case when was_locked then '[]' else to_jsonb(app.my_desk()) end,
    'direct', case when was_locked then '[]' else to_jsonb(app.my_direct()) end, 'excluded', case when was_locked then '[]' else to_jsonb(app.my_excluded()) end);
end $$;
