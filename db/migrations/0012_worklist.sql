-- What somebody who leaves still holds, as two numbers: an administrator may see no case, and must still know whether the list is empty before an account closes.
-- Reads contact and case_record as authz (0001_house.sql, 0006_case.sql). No row: not of the caller's agency, or the caller is neither administrator nor supervisor.
create function app.leaver_counts(p_user uuid) returns table (contacts integer, cases integer) language sql stable security definer set search_path = pg_catalog as $$
  select (select count(*)::int from app.contact c where c.assignee = p_user and c.state in ('new', 'open')),
         (select count(*)::int from app.case_record c where c.assignee = p_user and c.state <> 'closed')
    from app.account a
   where a.id = p_user and a.agency_id = app.my_agency() and app.my_roles() && array['administrator', 'supervisor'] $$;
alter function app.leaver_counts(uuid) owner to authz;
revoke all on function app.leaver_counts(uuid) from public;
grant execute on function app.leaver_counts(uuid) to staff_rw;
