-- The night card of a child. It stands twice: in the case (app.night_card, sealed with the story key) and, while the child sleeps there, at the shelter
-- (app.night_sheet, sealed with a key of its own that is wrapped to the shelter's night key). The shelter's copy names no case: its row carries the id only for
-- exclusions, in a column that staff cannot read.
set role owner;
create table app.night_card (
  id uuid primary key, case_id uuid not null references app.case_record, home_group uuid not null, shelter_id uuid not null references app.team,
  code text not null check (code ~ '^N-[0-9A-HJKMNP-TV-Z]{5}$'), state text not null default 'here' check (state in ('here', 'ended')),
  since date not null, version integer not null default 1, sealed bytea not null
);
create table app.night_seen (
  id uuid primary key, card_id uuid not null references app.night_card, case_id uuid not null references app.case_record, home_group uuid not null,
  reader uuid not null references app.account, version integer not null, at timestamptz not null default now()
);
create table app.night_sheet (
  id uuid primary key references app.night_card, case_id uuid not null references app.case_record, home_group uuid not null references app.team,
  code text not null check (code ~ '^N-[0-9A-HJKMNP-TV-Z]{5}$'), since date not null, version integer not null, sealed bytea not null
);
reset role;
call app_meta.hang_on_record('night_card', 'case_id');
call app_meta.hang_on_record('night_seen', 'case_id');
set role owner;
create index on app.night_card (case_id);
create index on app.night_seen (card_id);
create index on app.night_sheet (home_group);
create index on app.night_sheet (case_id);
create policy glass_adds_nothing on app.night_card as restrictive for insert to staff_rw with check (not (case_id = any ((select app.my_glass())::uuid[])));
create policy glass_reads_only on app.night_card as restrictive for update to staff_rw using (not (case_id = any ((select app.my_glass())::uuid[])));
-- Not hang_on_record: the sheet belongs to the shelter, and stays there when the case moves to another team.
alter table app.night_sheet enable row level security;
alter table app.night_sheet force row level security;
revoke all on app.night_sheet from public;
grant select on app.night_sheet to backup_ro;
create policy backup_read on app.night_sheet for select to backup_ro using (true);
grant select, insert, delete on app.night_sheet to authz;
create policy authz_all on app.night_sheet for all to authz using (true) with check (true);
grant select, update (state) on app.night_card to authz;
create policy authz_all on app.night_card for all to authz using (true) with check (true);
grant select, insert on app.night_seen to authz;
create policy authz_all on app.night_seen for all to authz using (true) with check (true);
-- Of the wraps of records, those of sheets only.
grant select, insert, delete on app.key_wrap to authz;
create policy authz_night on app.key_wrap for all to authz using (kind = 'night_card') with check (kind = 'night_card');
reset role;

-- The shelter's copy, written by whoever writes the card. Row-level security cannot do it: the row belongs to a team in which the writer has no part.
create function app.night_put(p_card uuid, p_key_version integer, p_epoch uuid, p_wrap bytea, p_epoch_wrap bytea, p_sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); c record;
begin
  select * into c from app.night_card where id = p_card and state = 'here';
  if me is null or c.id is null or not (app.my_roles() && array['case_worker', 'duty_specialist']) or not (c.home_group = any (app.my_groups()) or c.case_id = any (app.my_direct()))
    or c.case_id = any (app.my_excluded()) or c.case_id = any (app.my_glass()) then raise exception 'card out of scope' using errcode = '42501'; end if;
  if not exists (select from app.team t join app.team_key k on k.team_id = t.id and k.compartment = 8 and k.version = p_key_version and k.retired_at is null
      where t.id = c.shelter_id and t.agency_id = app.my_agency() and t.state = 'active'
        and exists (select from app.member m where m.team_id = t.id and m.function = 'shelter' and m.confirmed_by is not null and now() < m.until)) then
    raise exception 'no such shelter' using errcode = '42501';
  end if;
  delete from app.night_sheet where id = p_card;
  delete from app.key_wrap where record = p_card and kind = 'night_card';
  insert into app.night_sheet (id, case_id, home_group, code, since, version, sealed) values (c.id, c.case_id, c.shelter_id, c.code, c.since, c.version, p_sealed);
  insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values
    (p_card, 'night_card', 8, c.shelter_id, 1, 'team', c.shelter_id, p_key_version, 0, p_wrap), (p_card, 'night_card', 8, c.shelter_id, 1, 'epoch', p_epoch, 0, 1, p_epoch_wrap);
end $$;

-- Moved out, or the case closed: the shelter's copy and its key are deleted, not hidden.
create function app.night_ended() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from app.night_sheet where id = new.id;
  delete from app.key_wrap where record = new.id and kind = 'night_card';
  return null;
end $$;
create trigger night_ended after update of state on app.night_card for each row when (new.state = 'ended') execute function app.night_ended();
create function app.night_case_closed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.night_card set state = 'ended' where case_id = new.id and state = 'here';
  return null;
end $$;
create trigger night_case_closed after update of state on app.case_record for each row when (new.state = 'closed' and old.state <> 'closed') execute function app.night_case_closed();

-- What the shift may open: the wraps of the sheets of its own shelter, and whether this person has read the present version.
create function app.night_wraps() returns table (card uuid, holder_version integer, form smallint, wrapped bytea, has_read boolean) language sql stable security definer set search_path = pg_catalog as $$
  select s.id, w.holder_version, w.form, w.wrapped, exists (select from app.night_seen n where n.card_id = s.id and n.reader = app.uid() and n.version = s.version)
    from app.night_sheet s join app.key_wrap w on w.record = s.id and w.kind = 'night_card' and w.holder = 'team' and w.holder_id = s.home_group
   where app.uid() is not null and 'shelter_carer' = any (app.my_roles()) and s.home_group = any (app.my_teams()) and not (s.case_id = any (app.my_excluded())) $$;
create function app.night_read(p_card uuid, p_version integer) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare s record;
begin
  select n.* into s from app.night_sheet n where n.id = p_card;
  if s.id is null or not exists (select from app.night_wraps() w where w.card = p_card) or s.version <> p_version then return false; end if;
  if not exists (select from app.night_seen where card_id = p_card and reader = app.uid() and version = p_version) then
    insert into app.night_seen (id, card_id, case_id, home_group, reader, version) select gen_random_uuid(), s.id, s.case_id, c.home_group, app.uid(), p_version from app.night_card c where c.id = s.id;
  end if;
  return true;
end $$;
do $$ declare f text; begin
  foreach f in array array['app.night_put(uuid, integer, uuid, bytea, bytea, bytea)', 'app.night_ended()', 'app.night_case_closed()', 'app.night_wraps()', 'app.night_read(uuid, integer)'] loop
    execute format('alter function %s owner to authz', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function app.night_put(uuid, integer, uuid, bytea, bytea, bytea), app.night_wraps(), app.night_read(uuid, integer) to staff_rw;
