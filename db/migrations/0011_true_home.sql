-- Row policies judge a row by its own home_group and kind. Were these the writer's word, somebody could hang a grant, an exclusion, a message or a key on a record
-- of another team by calling it their own. So they are taken from the record itself, before the policy looks: what does not belong to the writer is then refused.
-- A record that is being made has no head yet; its rows are judged as they are, and nobody else's record can have that id.
do $$ begin
  if not exists (select from pg_policies where schemaname = 'app' and tablename = 'record_head' and policyname = 'authz_read') then
    grant select on app.record_head to authz;
    create policy authz_read on app.record_head for select to authz using (true);
  end if;
end $$;
create function app.as_its_record() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare h record; id uuid;
begin
  if tg_argv[0] = 'record' then id := new.record; else execute format('select ($1).%I', tg_argv[0]) using new into id; end if;
  select home_group, kind into h from app.record_head r where r.record = id;
  if found then
    new.home_group := h.home_group;
    if tg_argv[1] = 'kind' then new.kind := h.kind; end if;
  end if;
  return new;
end $$;
alter function app.as_its_record() owner to authz;
revoke all on function app.as_its_record() from public;
create trigger as_its_record before insert on app.sealed for each row execute function app.as_its_record('record', 'kind');
create trigger as_its_record before insert on app.key_wrap for each row execute function app.as_its_record('record', 'kind');
create trigger as_its_record before insert on app.grant_ for each row execute function app.as_its_record('record', 'kind');
create trigger as_its_record before insert on app.second_look for each row execute function app.as_its_record('record', 'kind');
create trigger as_its_record before insert on app.record_exclusion for each row execute function app.as_its_record('record');
create trigger as_its_record before insert on app.break_glass for each row execute function app.as_its_record('record');
create trigger as_its_record before insert on app.unlocked_work for each row execute function app.as_its_record('record');
create trigger as_its_record before insert on app.message for each row execute function app.as_its_record('contact_id');
create trigger as_its_record before insert on app.case_link for each row execute function app.as_its_record('case_id');
create trigger as_its_record before insert on app.person_link for each row execute function app.as_its_record('person_id');
