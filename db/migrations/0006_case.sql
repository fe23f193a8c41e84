-- Whoever takes the first call opens the case for the team that will work on it, a team in which they may have no part. Their own way to the new record is a
-- grant that ends when a case worker accepts. It must stand before the record is written, and nobody may give themselves one on a record that exists:
-- therefore a definer function that accepts only ids that nothing uses yet, and for a contact only one that the caller can see by team or desk now.
grant select on app.record_head, app.contact, app.person to authz;
create policy authz_read on app.record_head for select to authz using (true);
create policy authz_read on app.contact for select to authz using (true);
create policy authz_read on app.person for select to authz using (true);
grant insert on app.grant_ to authz;
create policy authz_insert on app.grant_ for insert to authz with check (true);

create function app.intake_open(p_grant uuid, p_record uuid, p_kind text, p_group uuid, p_compartments smallint[], p_until timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); g uuid;
begin
  if me is null or not (app.my_roles() && array['duty_specialist', 'case_worker', 'supervisor']) or p_until > now() + interval '31 days' then
    raise exception 'out of scope' using errcode = '42501';
  end if;
  if not exists (select from app.team where id = p_group and agency_id = app.my_agency() and state = 'active') then raise exception 'no such team' using errcode = '42501'; end if;
  if p_kind = 'contact' then
    select home_group into g from app.contact where id = p_record;
    if g is null or not (g = any (app.my_groups()) or g = any (app.my_desk())) or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  elsif p_kind not in ('person', 'case') or exists (select from app.record_head where record = p_record) or exists (select from app.person where id = p_record)
    or exists (select from app.case_record where id = p_record or person_id = p_record or contact_id = p_record) or exists (select from app.contact where id = p_record) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
  values (p_grant, p_record, p_kind, p_group, me, p_compartments, array['read', 'write'], 'intake', p_until, me);
end $$;
alter function app.intake_open(uuid, uuid, text, uuid, smallint[], timestamptz) owner to authz;
revoke all on function app.intake_open(uuid, uuid, text, uuid, smallint[], timestamptz) from public;
grant execute on function app.intake_open(uuid, uuid, text, uuid, smallint[], timestamptz) to staff_rw;
