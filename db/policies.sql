-- Generated from the policy.ts files by tools/policies.ts. Do not edit: change a policy.ts and run `node tools/policies.ts`.
set role owner;
do $$ declare p record; begin
  for p in select tablename, policyname from pg_policies where schemaname = 'app' and policyname like 'staff\_%' loop
    execute format('drop policy %I on app.%I', p.policyname, p.tablename);
  end loop;
end $$;
revoke all on all tables in schema app from staff_rw;

-- absence
grant select on app.absence to staff_rw;
create policy staff_select on app.absence for select to staff_rw using (((user_id = (select app.uid()) or deputy_id = (select app.uid()) or ((select app.my_roles()) && array['administrator', 'supervisor']::text[] and user_id = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency())))))));

-- account
grant select (id, agency_id, profile, roles, state, public_x, public_ed, keys_version) on app.account to staff_rw;
create policy staff_select on app.account for select to staff_rw using ((agency_id = (select app.my_agency())));
grant update (profile) on app.account to staff_rw;
create policy staff_update on app.account for update to staff_rw using (((((select app.my_roles()) && array['administrator']::text[] and agency_id = (select app.my_agency())) or id = (select app.uid()))))
  with check (((((select app.my_roles()) && array['administrator']::text[] and agency_id = (select app.my_agency())) or id = (select app.uid()))));

-- agency
grant select on app.agency to staff_rw;
create policy staff_select on app.agency for select to staff_rw using (((select app.uid()) is not null));
grant update (profile, session_hours, time_zone) on app.agency to staff_rw;
create policy staff_update on app.agency for update to staff_rw using ((((select app.my_roles()) && array['administrator']::text[] and id = (select app.my_agency()))))
  with check ((((select app.my_roles()) && array['administrator']::text[] and id = (select app.my_agency()))));

-- break_glass
grant select on app.break_glass to staff_rw;
create policy staff_select on app.break_glass for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or user_id = (select app.uid()) or ((select app.my_roles()) && array['auditor']::text[] and home_group = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency())))))) and not (record = any((select app.my_excluded())::uuid[])));

-- break_glass_key
grant select on app.break_glass_key to staff_rw;
create policy staff_select on app.break_glass_key for select to staff_rw using ((user_id = (select app.uid())));
grant update (form, wrapped) on app.break_glass_key to staff_rw;
create policy staff_update on app.break_glass_key for update to staff_rw using ((user_id = (select app.uid())))
  with check ((user_id = (select app.uid())));

-- break_glass_public
grant select on app.break_glass_public to staff_rw;
create policy staff_select on app.break_glass_public for select to staff_rw using ((agency_id = (select app.my_agency())));

-- break_glass_team_key
grant select on app.break_glass_team_key to staff_rw;
create policy staff_select on app.break_glass_team_key for select to staff_rw using ((agency_id = (select app.my_agency())));

-- calendar_day
grant select on app.calendar_day to staff_rw;
create policy staff_select on app.calendar_day for select to staff_rw using ((agency_id = (select app.my_agency())));
grant insert on app.calendar_day to staff_rw;
create policy staff_insert on app.calendar_day for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'administrator']::text[] and agency_id = (select app.my_agency()))));
grant delete on app.calendar_day to staff_rw;
create policy staff_delete on app.calendar_day for delete to staff_rw using ((((select app.my_roles()) && array['supervisor', 'administrator']::text[] and agency_id = (select app.my_agency()))));

-- case_link
grant select on app.case_link to staff_rw;
create policy staff_select on app.case_link for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.case_link to staff_rw;
create policy staff_insert on app.case_link for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (ended_at) on app.case_link to staff_rw;
create policy staff_update on app.case_link for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- case_record
grant select on app.case_record to staff_rw;
create policy staff_select on app.case_record for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.case_record to staff_rw;
create policy staff_insert on app.case_record for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant update (assignee, state, danger, due, closed, retention, version) on app.case_record to staff_rw;
create policy staff_update on app.case_record for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- check_in
grant select on app.check_in to staff_rw;
create policy staff_select on app.check_in for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.check_in to staff_rw;
create policy staff_insert on app.check_in for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (state, version) on app.check_in to staff_rw;
create policy staff_update on app.check_in for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- check_in_answer
grant select on app.check_in_answer to staff_rw;
create policy staff_select on app.check_in_answer for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.check_in_answer to staff_rw;
create policy staff_insert on app.check_in_answer for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (unread) on app.check_in_answer to staff_rw;
create policy staff_update on app.check_in_answer for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- check_in_code
grant select (id, case_id, home_group, public_x, sealed, made_day, until_day, ended_day) on app.check_in_code to staff_rw;
create policy staff_select on app.check_in_code for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.check_in_code to staff_rw;
create policy staff_insert on app.check_in_code for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (ended_day) on app.check_in_code to staff_rw;
create policy staff_update on app.check_in_code for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- command_seen
-- no right of its own: definer functions only

-- contact
grant select on app.contact to staff_rw;
create policy staff_select on app.contact for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.contact to staff_rw;
create policy staff_insert on app.contact for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant update (urgency, state, assignee, unread, blocked_until, version, closing) on app.contact to staff_rw;
create policy staff_update on app.contact for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- contact_file
grant select on app.contact_file to staff_rw;
create policy staff_select on app.contact_file for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.contact_file to staff_rw;
create policy staff_insert on app.contact_file for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant delete on app.contact_file to staff_rw;
create policy staff_delete on app.contact_file for delete to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- contact_file_key
grant select on app.contact_file_key to staff_rw;
create policy staff_select on app.contact_file_key for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.contact_file_key to staff_rw;
create policy staff_insert on app.contact_file_key for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant delete on app.contact_file_key to staff_rw;
create policy staff_delete on app.contact_file_key for delete to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- contact_room
grant select on app.contact_room to staff_rw;
create policy staff_select on app.contact_room for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.contact_room to staff_rw;
create policy staff_insert on app.contact_room for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant update (passed_seq) on app.contact_room to staff_rw;
create policy staff_update on app.contact_room for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- contact_room_turn
grant select on app.contact_room_turn to staff_rw;
create policy staff_select on app.contact_room_turn for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.contact_room_turn to staff_rw;
create policy staff_insert on app.contact_room_turn for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));

-- conversation
grant select (contact_id, home_group, ck_public, sealed_by, watched, last_day) on app.conversation to staff_rw;
create policy staff_select on app.conversation for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant update (last_day) on app.conversation to staff_rw;
create policy staff_update on app.conversation for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- desk_hours
grant select on app.desk_hours to staff_rw;
create policy staff_select on app.desk_hours for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))));
grant insert on app.desk_hours to staff_rw;
create policy staff_insert on app.desk_hours for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))));
grant update (hours, waiting, version) on app.desk_hours to staff_rw;
create policy staff_update on app.desk_hours for update to staff_rw using ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))))
  with check ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))));

-- emergency_card
grant select on app.emergency_card to staff_rw;
create policy staff_select on app.emergency_card for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.emergency_card to staff_rw;
create policy staff_insert on app.emergency_card for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (state, version, sealed) on app.emergency_card to staff_rw;
create policy staff_update on app.emergency_card for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- file_key
grant select on app.file_key to staff_rw;
create policy staff_select on app.file_key for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.file_key to staff_rw;
create policy staff_insert on app.file_key for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant delete on app.file_key to staff_rw;
create policy staff_delete on app.file_key for delete to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));

-- grant_
grant select on app.grant_ to staff_rw;
create policy staff_select on app.grant_ for select to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or (kind = 'contact' and home_group = any((select app.my_desk())::uuid[]))) or record = any((select app.my_direct())::uuid[]) or user_id = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.grant_ to staff_rw;
create policy staff_insert on app.grant_ for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or (kind = 'contact' and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (ended_at) on app.grant_ to staff_rw;
create policy staff_update on app.grant_ for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or (kind = 'contact' and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or (kind = 'contact' and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- health_mark
grant select on app.health_mark to staff_rw;
create policy staff_select on app.health_mark for select to staff_rw using (((select app.uid()) is not null));

-- held_form
-- no right of its own: definer functions only

-- helpline
grant select on app.helpline to staff_rw;
create policy staff_select on app.helpline for select to staff_rw using (((select app.uid()) is not null));
grant insert on app.helpline to staff_rw;
create policy staff_insert on app.helpline for insert to staff_rw with check (((select app.my_roles()) && array['administrator', 'content_editor']::text[]));
grant update (country, number, names, hours, sort, verified_on, verified_by, always) on app.helpline to staff_rw;
create policy staff_update on app.helpline for update to staff_rw using (((select app.my_roles()) && array['administrator', 'content_editor']::text[]))
  with check (((select app.my_roles()) && array['administrator', 'content_editor']::text[]));
grant delete on app.helpline to staff_rw;
create policy staff_delete on app.helpline for delete to staff_rw using (((select app.my_roles()) && array['administrator', 'content_editor']::text[]));

-- incoming_letter
grant select on app.incoming_letter to staff_rw;
create policy staff_select on app.incoming_letter for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.incoming_letter to staff_rw;
create policy staff_insert on app.incoming_letter for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant update (state, due, version, sealed) on app.incoming_letter to staff_rw;
create policy staff_update on app.incoming_letter for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- installation
grant select on app.installation to staff_rw;
create policy staff_select on app.installation for select to staff_rw using (((select app.uid()) is not null));
grant update (settings) on app.installation to staff_rw;
create policy staff_update on app.installation for update to staff_rw using (((select app.my_roles()) && array['administrator']::text[]))
  with check (((select app.my_roles()) && array['administrator']::text[]));

-- interpreter
grant select on app.interpreter to staff_rw;
create policy staff_select on app.interpreter for select to staff_rw using ((((select app.my_roles()) && array['case_worker', 'supervisor', 'duty_specialist']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.interpreter to staff_rw;
create policy staff_insert on app.interpreter for insert to staff_rw with check ((((select app.my_roles()) && array['case_worker', 'supervisor']::text[] and agency_id = (select app.my_agency()))));
grant update (account_id, state, version, sealed) on app.interpreter to staff_rw;
create policy staff_update on app.interpreter for update to staff_rw using ((((select app.my_roles()) && array['case_worker', 'supervisor']::text[] and agency_id = (select app.my_agency()))))
  with check ((((select app.my_roles()) && array['case_worker', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- interpreter_version
grant select on app.interpreter_version to staff_rw;
create policy staff_select on app.interpreter_version for select to staff_rw using ((((select app.my_roles()) && array['case_worker', 'supervisor', 'duty_specialist']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.interpreter_version to staff_rw;
create policy staff_insert on app.interpreter_version for insert to staff_rw with check ((((select app.my_roles()) && array['case_worker', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- journal
grant select on app.journal to staff_rw;
create policy staff_select on app.journal for select to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[]))) or ((select app.my_roles()) && array['auditor']::text[] and (home_group = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency()))) or home_group = (select app.my_agency()))))) and not (record = any((select app.my_excluded())::uuid[])));

-- journal_part
grant select on app.journal_part to staff_rw;
create policy staff_select on app.journal_part for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- key_wrap
grant select on app.key_wrap to staff_rw;
create policy staff_select on app.key_wrap for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.key_wrap to staff_rw;
create policy staff_insert on app.key_wrap for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (form, wrapped, holder_version, until) on app.key_wrap to staff_rw;
create policy staff_update on app.key_wrap for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- language_session
grant select on app.language_session to staff_rw;
create policy staff_select on app.language_session for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.language_session to staff_rw;
create policy staff_insert on app.language_session for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (state, version) on app.language_session to staff_rw;
create policy staff_update on app.language_session for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- login_delay
-- no right of its own: definer functions only

-- match_ask
grant select (id, home_group, pair, state, found, version, key_version, sealed, answer_version, answer, reply_x) on app.match_ask to staff_rw;
create policy staff_select on app.match_ask for select to staff_rw using ((((select app.my_roles()) && array['case_worker', 'supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (found_id = any((select app.my_excluded())::uuid[])));

-- match_key
-- no right of its own: definer functions only

-- match_key_wrap
-- no right of its own: definer functions only

-- match_notice
grant select on app.match_notice to staff_rw;
create policy staff_select on app.match_notice for select to staff_rw using ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));

-- match_query
grant select on app.match_query to staff_rw;
create policy staff_select on app.match_query for select to staff_rw using ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))));

-- match_segment
-- no right of its own: definer functions only

-- match_tail
-- no right of its own: definer functions only

-- match_word
-- no right of its own: definer functions only

-- member
grant select on app.member to staff_rw;
create policy staff_select on app.member for select to staff_rw using ((team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency())))));

-- message
grant select on app.message to staff_rw;
create policy staff_select on app.message for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.message to staff_rw;
create policy staff_insert on app.message for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant update (sealed, prekey_id) on app.message to staff_rw;
create policy staff_update on app.message for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- messenger_chat
-- no right of its own: definer functions only

-- messenger_link
-- no right of its own: definer functions only

-- night_card
grant select on app.night_card to staff_rw;
create policy staff_select on app.night_card for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.night_card to staff_rw;
create policy staff_insert on app.night_card for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (shelter_id, state, since, version, sealed) on app.night_card to staff_rw;
create policy staff_update on app.night_card for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- night_seen
grant select on app.night_seen to staff_rw;
create policy staff_select on app.night_seen for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- night_sheet
grant select (id, home_group, code, since, version, sealed) on app.night_sheet to staff_rw;
create policy staff_select on app.night_sheet for select to staff_rw using ((((select app.my_roles()) && array['shelter_carer']::text[] and home_group = any((select app.my_teams())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- on_call
grant select on app.on_call to staff_rw;
create policy staff_select on app.on_call for select to staff_rw using ((team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency())))));
grant insert on app.on_call to staff_rw;
create policy staff_insert on app.on_call for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'administrator']::text[] and team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency()))) and user_id = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency()))))));
grant update (ended_at) on app.on_call to staff_rw;
create policy staff_update on app.on_call for update to staff_rw using ((((select app.my_roles()) && array['supervisor', 'administrator']::text[] and team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency()))) and user_id = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency()))))))
  with check ((((select app.my_roles()) && array['supervisor', 'administrator']::text[] and team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency()))) and user_id = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency()))))));

-- outreach
grant select on app.outreach to staff_rw;
create policy staff_select on app.outreach for select to staff_rw using ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.outreach to staff_rw;
create policy staff_insert on app.outreach for insert to staff_rw with check ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))));
grant update (day, lang, place, audience, hours, contacts, reached, version, sealed) on app.outreach to staff_rw;
create policy staff_update on app.outreach for update to staff_rw using ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))))
  with check ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- outreach_version
grant select on app.outreach_version to staff_rw;
create policy staff_select on app.outreach_version for select to staff_rw using ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.outreach_version to staff_rw;
create policy staff_insert on app.outreach_version for insert to staff_rw with check ((((select app.my_roles()) && array['content_editor', 'duty_specialist', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- page_call
grant select on app.page_call to staff_rw;
create policy staff_select on app.page_call for select to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[])) or for_user = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.page_call to staff_rw;
create policy staff_insert on app.page_call for insert to staff_rw with check ((((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[])) or for_user = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (taken_at, taken_by, ended_at) on app.page_call to staff_rw;
create policy staff_update on app.page_call for update to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[])) or for_user = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])))
  with check ((((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[])) or for_user = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])));

-- page_try
grant select on app.page_try to staff_rw;
create policy staff_select on app.page_try for select to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[])) or user_id = (select app.uid()))) and not (record = any((select app.my_excluded())::uuid[])));

-- passkey
grant select (id, user_id, label, created_day, transports) on app.passkey to staff_rw;
create policy staff_select on app.passkey for select to staff_rw using ((user_id = (select app.uid())));

-- person
grant select on app.person to staff_rw;
create policy staff_select on app.person for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.person to staff_rw;
create policy staff_insert on app.person for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant update (state, version, matched) on app.person to staff_rw;
create policy staff_update on app.person for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- person_link
grant select on app.person_link to staff_rw;
create policy staff_select on app.person_link for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant insert on app.person_link to staff_rw;
create policy staff_insert on app.person_link for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant update (ended_at) on app.person_link to staff_rw;
create policy staff_update on app.person_link for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));

-- person_pair
grant select on app.person_pair to staff_rw;
create policy staff_select on app.person_pair for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant insert on app.person_pair to staff_rw;
create policy staff_insert on app.person_pair for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant update (state, found, version, sealed) on app.person_pair to staff_rw;
create policy staff_update on app.person_pair for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));

-- place_alert
grant select on app.place_alert to staff_rw;
create policy staff_select on app.place_alert for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.place_alert to staff_rw;
create policy staff_insert on app.place_alert for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant update (done_on, done_by, why) on app.place_alert to staff_rw;
create policy staff_update on app.place_alert for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- place_mark
grant select on app.place_mark to staff_rw;
create policy staff_select on app.place_mark for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));
grant insert on app.place_mark to staff_rw;
create policy staff_insert on app.place_mark for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or contact_id = any((select app.my_direct())::uuid[]))) and not (contact_id = any((select app.my_excluded())::uuid[])));

-- plan_step
grant select on app.plan_step to staff_rw;
create policy staff_select on app.plan_step for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.plan_step to staff_rw;
create policy staff_insert on app.plan_step for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (state, due, assignee, version, sealed) on app.plan_step to staff_rw;
create policy staff_update on app.plan_step for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- poster_code
grant select on app.poster_code to staff_rw;
create policy staff_select on app.poster_code for select to staff_rw using ((((select app.my_roles()) && array['supervisor', 'analyst', 'content_editor']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.poster_code to staff_rw;
create policy staff_insert on app.poster_code for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'content_editor']::text[] and agency_id = (select app.my_agency()))));
grant update (state) on app.poster_code to staff_rw;
create policy staff_update on app.poster_code for update to staff_rw using ((((select app.my_roles()) && array['supervisor', 'content_editor']::text[] and agency_id = (select app.my_agency()))))
  with check ((((select app.my_roles()) && array['supervisor', 'content_editor']::text[] and agency_id = (select app.my_agency()))));

-- poster_count
grant select on app.poster_count to staff_rw;
create policy staff_select on app.poster_count for select to staff_rw using ((((select app.my_roles()) && array['supervisor', 'analyst', 'content_editor']::text[] and agency_id = (select app.my_agency()))));

-- prekey
grant select on app.prekey to staff_rw;
create policy staff_select on app.prekey for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))));
grant insert on app.prekey to staff_rw;
create policy staff_insert on app.prekey for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))));

-- printed_code
grant select (id, user_id, used_at) on app.printed_code to staff_rw;
create policy staff_select on app.printed_code for select to staff_rw using ((user_id = (select app.uid())));

-- public_count
grant select on app.public_count to staff_rw;
create policy staff_select on app.public_count for select to staff_rw using (((select app.my_roles()) && array['administrator', 'supervisor', 'content_editor', 'analyst']::text[]));

-- public_reach
grant select on app.public_reach to staff_rw;
create policy staff_select on app.public_reach for select to staff_rw using (((select app.my_roles()) && array['supervisor', 'analyst', 'content_editor']::text[]));

-- read_audit
grant select on app.read_audit to staff_rw;
create policy staff_select on app.read_audit for select to staff_rw using ((((select app.my_roles()) && array['auditor']::text[] and actor = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency()))))));

-- record_exclusion
grant select on app.record_exclusion to staff_rw;
create policy staff_select on app.record_exclusion for select to staff_rw using ((home_group = any((select app.my_groups())::uuid[])) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.record_exclusion to staff_rw;
create policy staff_insert on app.record_exclusion for insert to staff_rw with check ((home_group = any((select app.my_groups())::uuid[])) and not (record = any((select app.my_excluded())::uuid[])));
grant update (ended_at) on app.record_exclusion to staff_rw;
create policy staff_update on app.record_exclusion for update to staff_rw using ((home_group = any((select app.my_groups())::uuid[])) and not (record = any((select app.my_excluded())::uuid[])))
  with check ((home_group = any((select app.my_groups())::uuid[])) and not (record = any((select app.my_excluded())::uuid[])));

-- record_head
grant select on app.record_head to staff_rw;
create policy staff_select on app.record_head for select to staff_rw using ((((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[]))) or ((select app.my_roles()) && array['auditor']::text[] and (home_group = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency()))) or home_group = (select app.my_agency()))))) and not (record = any((select app.my_excluded())::uuid[])));

-- recovery_epoch
grant insert on app.recovery_epoch to staff_rw;
create policy staff_insert on app.recovery_epoch for insert to staff_rw with check (((select app.uid()) is not null));

-- register_key
grant select on app.register_key to staff_rw;
create policy staff_select on app.register_key for select to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.register_key to staff_rw;
create policy staff_insert on app.register_key for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant delete on app.register_key to staff_rw;
create policy staff_delete on app.register_key for delete to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- register_link
grant select on app.register_link to staff_rw;
create policy staff_select on app.register_link for select to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.register_link to staff_rw;
create policy staff_insert on app.register_link for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant update (state, erased_why, version) on app.register_link to staff_rw;
create policy staff_update on app.register_link for update to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])))
  with check ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- register_part
grant select on app.register_part to staff_rw;
create policy staff_select on app.register_part for select to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (link_id = any((select app.my_excluded())::uuid[])));
grant insert on app.register_part to staff_rw;
create policy staff_insert on app.register_part for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (link_id = any((select app.my_excluded())::uuid[])));
grant update (sealed) on app.register_part to staff_rw;
create policy staff_update on app.register_part for update to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (link_id = any((select app.my_excluded())::uuid[])))
  with check ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (link_id = any((select app.my_excluded())::uuid[])));
grant delete on app.register_part to staff_rw;
create policy staff_delete on app.register_part for delete to staff_rw using ((((select app.my_roles()) && array['supervisor', 'case_worker']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (link_id = any((select app.my_excluded())::uuid[])));

-- report_decision
grant select on app.report_decision to staff_rw;
create policy staff_select on app.report_decision for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.report_decision to staff_rw;
create policy staff_insert on app.report_decision for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (answer, life, until, version, sealed) on app.report_decision to staff_rw;
create policy staff_update on app.report_decision for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- report_fact
grant select on app.report_fact to staff_rw;
create policy staff_select on app.report_fact for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.report_fact to staff_rw;
create policy staff_insert on app.report_fact for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- report_letter
grant select on app.report_letter to staff_rw;
create policy staff_select on app.report_letter for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.report_letter to staff_rw;
create policy staff_insert on app.report_letter for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant update (state, sent, answer_due, version, sealed, words) on app.report_letter to staff_rw;
create policy staff_update on app.report_letter for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- role_change
grant select on app.role_change to staff_rw;
create policy staff_select on app.role_change for select to staff_rw using ((((select app.my_roles()) && array['administrator', 'supervisor', 'auditor']::text[] and agency_id = (select app.my_agency()))));

-- rotation
grant select on app.rotation to staff_rw;
create policy staff_select on app.rotation for select to staff_rw using ((team_id = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency())))));

-- safe_contact
grant select on app.safe_contact to staff_rw;
create policy staff_select on app.safe_contact for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant insert on app.safe_contact to staff_rw;
create policy staff_insert on app.safe_contact for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));
grant update (state, verified, until_day, gap_from, version, sealed) on app.safe_contact to staff_rw;
create policy staff_update on app.safe_contact for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or person_id = any((select app.my_direct())::uuid[]))) and not (person_id = any((select app.my_excluded())::uuid[])));

-- safe_contact_pass
grant select on app.safe_contact_pass to staff_rw;
create policy staff_select on app.safe_contact_pass for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));
grant insert on app.safe_contact_pass to staff_rw;
create policy staff_insert on app.safe_contact_pass for insert to staff_rw with check ((((select app.my_roles()) && array['supervisor']::text[] and (home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[])))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- screening
grant select on app.screening to staff_rw;
create policy staff_select on app.screening for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.screening to staff_rw;
create policy staff_insert on app.screening for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (fact_learned, fact_life, version, sealed, words) on app.screening to staff_rw;
create policy staff_update on app.screening for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- sealed
grant select on app.sealed to staff_rw;
create policy staff_select on app.sealed for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.sealed to staff_rw;
create policy staff_insert on app.sealed for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (value, dek_version) on app.sealed to staff_rw;
create policy staff_update on app.sealed for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- second_look
grant select on app.second_look to staff_rw;
create policy staff_select on app.second_look for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.second_look to staff_rw;
create policy staff_insert on app.second_look for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));
grant update (seen_by, seen_at) on app.second_look to staff_rw;
create policy staff_update on app.second_look for update to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])))
  with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]) or (kind in ('contact', 'trace') and home_group = any((select app.my_desk())::uuid[])))) and not (record = any((select app.my_excluded())::uuid[])));

-- session
grant select (id, user_id, created_at, expires_at, idle_until, revoked_at, shared_computer, locked_at, device) on app.session to staff_rw;
create policy staff_select on app.session for select to staff_rw using ((user_id = (select app.uid())));

-- session_room
grant select on app.session_room to staff_rw;
create policy staff_select on app.session_room for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.session_room to staff_rw;
create policy staff_insert on app.session_room for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or id = any((select app.my_direct())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- session_turn
grant select on app.session_turn to staff_rw;
create policy staff_select on app.session_turn for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.session_turn to staff_rw;
create policy staff_insert on app.session_turn for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));

-- staff_point
grant select on app.staff_point to staff_rw;
create policy staff_select on app.staff_point for select to staff_rw using ((user_id = (select app.uid())));
grant insert on app.staff_point to staff_rw;
create policy staff_insert on app.staff_point for insert to staff_rw with check ((user_id = (select app.uid())));
grant update (version, sealed) on app.staff_point to staff_rw;
create policy staff_update on app.staff_point for update to staff_rw using ((user_id = (select app.uid())))
  with check ((user_id = (select app.uid())));

-- statistics_outbox
grant insert on app.statistics_outbox to staff_rw;
create policy staff_insert on app.statistics_outbox for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or case_id = any((select app.my_direct())::uuid[]))) and not (case_id = any((select app.my_excluded())::uuid[])));

-- statistics_release
grant select on app.statistics_release to staff_rw;
create policy staff_select on app.statistics_release for select to staff_rw using ((((select app.my_roles()) && array['analyst', 'supervisor']::text[] and agency_id = (select app.my_agency()))));
grant insert on app.statistics_release to staff_rw;
create policy staff_insert on app.statistics_release for insert to staff_rw with check (((((select app.my_roles()) && array['analyst', 'supervisor']::text[] and agency_id = (select app.my_agency())) and made_by = (select app.uid()))));

-- statistics_row
grant select (agency_id, what, month, child, sole, age, sex, origin, purpose, channel) on app.statistics_row to staff_rw;
create policy staff_select on app.statistics_row for select to staff_rw using ((((select app.my_roles()) && array['analyst', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- statistics_sum
grant select on app.statistics_sum to staff_rw;
create policy staff_select on app.statistics_sum for select to staff_rw using ((((select app.my_roles()) && array['analyst', 'supervisor']::text[] and agency_id = (select app.my_agency()))));

-- stored_file
grant select on app.stored_file to staff_rw;
create policy staff_select on app.stored_file for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.stored_file to staff_rw;
create policy staff_insert on app.stored_file for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant delete on app.stored_file to staff_rw;
create policy staff_delete on app.stored_file for delete to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));

-- team
grant select on app.team to staff_rw;
create policy staff_select on app.team for select to staff_rw using ((agency_id = (select app.my_agency())));
grant insert on app.team to staff_rw;
create policy staff_insert on app.team for insert to staff_rw with check ((((select app.my_roles()) && array['administrator']::text[] and agency_id = (select app.my_agency()))));
grant update (intake, state, profile) on app.team to staff_rw;
create policy staff_update on app.team for update to staff_rw using ((((select app.my_roles()) && array['administrator']::text[] and agency_id = (select app.my_agency()))))
  with check ((((select app.my_roles()) && array['administrator']::text[] and agency_id = (select app.my_agency()))));

-- team_key
grant select on app.team_key to staff_rw;
create policy staff_select on app.team_key for select to staff_rw using (((select app.uid()) is not null));

-- team_key_wrap
grant select on app.team_key_wrap to staff_rw;
create policy staff_select on app.team_key_wrap for select to staff_rw using (((user_id = (select app.uid()) or team_id = any((select app.my_teams())::uuid[]))));
grant update (form, wrapped) on app.team_key_wrap to staff_rw;
create policy staff_update on app.team_key_wrap for update to staff_rw using ((user_id = (select app.uid())))
  with check ((user_id = (select app.uid())));

-- tombstone
-- no right of its own: definer functions only

-- trace
grant select on app.trace to staff_rw;
create policy staff_select on app.trace for select to staff_rw using ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant insert on app.trace to staff_rw;
create policy staff_insert on app.trace for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));
grant update (state, version) on app.trace to staff_rw;
create policy staff_update on app.trace for update to staff_rw using ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])))
  with check ((((select app.my_roles()) && array['supervisor']::text[] and home_group = any((select app.my_groups())::uuid[]))) and not (id = any((select app.my_excluded())::uuid[])));

-- tree_head
grant select on app.tree_head to staff_rw;
create policy staff_select on app.tree_head for select to staff_rw using (((select app.my_roles()) && array['auditor']::text[]));

-- tree_leaf
-- no right of its own: definer functions only

-- unlocked_work
grant select on app.unlocked_work to staff_rw;
create policy staff_select on app.unlocked_work for select to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant insert on app.unlocked_work to staff_rw;
create policy staff_insert on app.unlocked_work for insert to staff_rw with check (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));
grant delete on app.unlocked_work to staff_rw;
create policy staff_delete on app.unlocked_work for delete to staff_rw using (((home_group = any((select app.my_groups())::uuid[]) or home_group = any((select app.my_desk())::uuid[]) or record = any((select app.my_direct())::uuid[]))) and not (record = any((select app.my_excluded())::uuid[])));

-- unsealed_leaf
-- no right of its own: definer functions only

-- used_once
-- no right of its own: definer functions only

reset role;
