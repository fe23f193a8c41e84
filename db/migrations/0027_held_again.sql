-- A form that is gone on with and locked away once more waits under the same id: the newer words take the place of the older ones.
create or replace function app.hold_form(p_id uuid, p_sealed bytea) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare s app.session := app.session_now();
begin
  if s.id is null or s.locked_at is null or octet_length(p_sealed) > 200000 then return; end if;
  delete from app.held_form where session_id = s.id and (id = p_id or id not in (select id from app.held_form where session_id = s.id order by held_at desc limit 4));
  insert into app.held_form (id, session_id, sealed) values (p_id, s.id, p_sealed) on conflict (id) do nothing;
  -- Whoever has just sent something gets the time to open the screen again.
  update app.session set idle_until = now() + interval '15 minutes' where id = s.id;
end $$;
