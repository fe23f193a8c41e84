-- The safe-contact plan of a person: by which way, on which days and hours, by whom and under which name it is safe to reach them. What it says is sealed with the person's
-- whereabouts key; plain are the days, by which the worklist finds plans that have run out while nobody is signed in.
set role owner;
create table app.safe_contact (
  id uuid primary key, person_id uuid not null references app.person, home_group uuid not null,
  state text not null default 'live' check (state in ('live', 'ended')),
  verified date not null, until_day date not null,
  gap_from date,                                -- the day on which it had run out before it was verified again: what could not be asked meanwhile is nobody's silence
  version integer not null default 1, sealed bytea not null
);
-- A supervisor allows sending outside the plan for some hours, for danger to life. The reason stands in the journal of the case, sealed.
create table app.safe_contact_pass (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, opened_by uuid not null references app.account,
  at timestamptz not null default clock_timestamp(), until timestamptz not null
);
reset role;
call app_meta.hang_on_record('safe_contact', 'person_id');
call app_meta.hang_on_record('safe_contact_pass', 'case_id');
set role owner;
create index on app.safe_contact (person_id);
create index on app.safe_contact (home_group, until_day, id) where state = 'live';
create index on app.safe_contact_pass (case_id, until);
-- Emergency access reads only (0024).
create policy glass_adds_nothing on app.safe_contact as restrictive for insert to staff_rw with check (not (person_id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.safe_contact as restrictive for update to staff_rw using (not (person_id = any ((select app.my_glass())::uuid[])));
create policy glass_adds_nothing on app.safe_contact_pass as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])));
grant select on app.safe_contact, app.safe_contact_pass, app.case_record to authz;
create policy authz_read on app.safe_contact for select to authz using (true);
create policy authz_read on app.safe_contact_pass for select to authz using (true);
create policy authz_safe_contact on app.case_record for select to authz using (true);
grant select (contact_id, moved) on app.messenger_chat to authz;
create policy authz_read on app.messenger_chat for select to authz using (true);
reset role;

-- The plans of the children whom a contact told of, for whoever may answer it: the desk, which sees no case of another team, must learn that there is a plan, or it would
-- answer outside of it. What the plan says opens only with the key. `passed`: a supervisor allowed sending for now.
create function app.contact_plans(p_contact uuid) returns table (id uuid, person_id uuid, until_day date, sealed bytea, passed boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select s.id, s.person_id, s.until_day, s.sealed,
         exists (select from app.safe_contact_pass x join app.case_record y on y.id = x.case_id where y.person_id = s.person_id and x.until > now())
    from app.safe_contact s
   where s.state = 'live' and s.person_id in (select k.person_id from app.case_record k where k.contact_id = p_contact)
     and app.uid() is not null
     and exists (select from app.contact c where c.id = p_contact and not (c.id = any (app.my_excluded()))
       and (c.home_group = any (app.my_groups()) or c.home_group = any (app.my_desk()) or c.id = any (app.my_direct()))) $$;
-- Has the sender of a messenger gone to the page with words? Then answers wait there.
create function app.contact_moved(p_contact uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select m.moved from app.messenger_chat m where m.contact_id = p_contact), true) $$;
alter function app.contact_plans(uuid) owner to authz;
alter function app.contact_moved(uuid) owner to authz;
revoke all on function app.contact_plans(uuid), app.contact_moved(uuid) from public;
grant execute on function app.contact_plans(uuid), app.contact_moved(uuid) to staff_rw;
