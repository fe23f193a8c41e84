-- A case gives its assignee sight of the person and the contact that it names (app.my_direct). Naming one that the writer cannot see would therefore be a way
-- to look at any child whose id is known. Whoever writes without a session (a restore, the migrator) is not asked.
grant select on app.person, app.contact to authz;
do $$ declare t text; begin
  foreach t in array array['person', 'contact'] loop
    if not exists (select from pg_policies where schemaname = 'app' and tablename = t and policyname = 'authz_read') then
      execute format('create policy authz_read on app.%I for select to authz using (true)', t);
    end if;
  end loop;
end $$;
create function app.case_names_what_is_seen() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.uid() is null then return new; end if;
  if exists (select from app.person p where p.id = new.person_id and (p.id = any (app.my_excluded()) or not (p.home_group = any (app.my_groups()) or p.id = any (app.my_direct()))))
    or exists (select from app.contact c where c.id = new.contact_id and (c.id = any (app.my_excluded())
      or not (c.home_group = any (app.my_groups()) or c.home_group = any (app.my_desk()) or c.id = any (app.my_direct())))) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return new;
end $$;
alter function app.case_names_what_is_seen() owner to authz;
revoke all on function app.case_names_what_is_seen() from public;
create trigger case_names_what_is_seen before insert or update of person_id, contact_id on app.case_record for each row execute function app.case_names_what_is_seen();

-- A session of somebody who was disabled is deleted at once; should one remain, it opens nothing here either.
create or replace function app.uid() returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select s.user_id from app.session s join app.account a on a.id = s.user_id and a.state = 'active'
   where s.token_hash = sha256(convert_to(current_setting('app.tok', true), 'UTF8'))
     and now() < s.expires_at and now() < s.idle_until and s.revoked_at is null and s.locked_at is null $$;

-- One short ordered scan a team for each order of the list of cases (platform/lists.ts). The expression is that of case/store.ts, letter by letter, or it is not used.
set role owner;
create index case_record_due on app.case_record (home_group, due, id) where state <> 'closed';
create index case_record_danger on app.case_record (home_group, (case danger when 'danger' then 0 when 'concern' then 1 when 'not_assessed' then 2 else 3 end), due, id) where state <> 'closed';
reset role;
