-- A record that changes its home group takes along what was granted, refused, watched and left to do on it. Left behind, a grant could not be ended by the team that
-- now answers for the record, and an exclusion could not be seen by it.
do $$ declare t text; begin
  foreach t in array array['grant_', 'record_exclusion', 'second_look', 'break_glass', 'unlocked_work'] loop
    execute format('grant select, update (home_group) on app.%I to scribe', t);
    execute format('create policy scribe_move on app.%I for all to scribe using (true) with check (true)', t);
  end loop;
end $$;
create or replace function app.move_home_group(p_record uuid, p_group uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare g uuid;
begin
  select home_group into g from app.record_head where record = p_record for update;
  if g is null or not (g = any (app.my_groups()) or g = any (app.my_desk())) or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if not exists (select from app.team a join app.team b on a.agency_id = b.agency_id where a.id = g and b.id = p_group and b.state = 'active') then raise exception 'no such team' using errcode = '42501'; end if;
  update app.record_head set home_group = p_group where record = p_record;
  update app.journal set home_group = p_group where record = p_record;
  update app.journal_part set home_group = p_group where record = p_record;
  update app.sealed set home_group = p_group where record = p_record;
  update app.key_wrap set home_group = p_group where record = p_record;
  update app.contact set home_group = p_group where id = p_record;
  update app.conversation set home_group = p_group where contact_id = p_record;
  update app.message set home_group = p_group where contact_id = p_record;
  update app.person set home_group = p_group where id = p_record;
  update app.grant_ set home_group = p_group where record = p_record;
  update app.record_exclusion set home_group = p_group where record = p_record;
  update app.second_look set home_group = p_group where record = p_record;
  update app.break_glass set home_group = p_group where record = p_record;
  update app.unlocked_work set home_group = p_group where record = p_record;
end $$;
