-- The people of the demonstration's own agency come first on its sign-in page, and those of the small agencies beside it after them: ids alone said nothing, and whoever
-- pressed the first name of a role was in another agency than their colleague.
create or replace function app.demo_people() returns table (id uuid, profile bytea, roles text[], salt bytea, bundle bytea) language sql stable security definer set search_path = pg_catalog as $$
  select a.id, a.profile, a.roles, a.pw_salt, a.pw_bundle from app.account a
   where a.state = 'active' and (select demo from app.installation)
   order by (select count(*) from app.account b where b.agency_id = a.agency_id) desc, a.created_day, a.id $$;
