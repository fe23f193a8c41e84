-- Somebody asks about a child: on the telephone, at the door, by letter. A record of its own, of kind 'trace': it never hangs on a child, because whether the child is
-- known here is exactly what must not be told. All that was said is sealed with its identity key; plain are the kind of asking, the state, the day and the version.
set role owner;
create table app.trace (
  id uuid primary key, home_group uuid not null, way text not null check (way in ('ask', 'request')),
  state text not null default 'new' check (state in ('new', 'checked', 'answered', 'closed')), received date not null, version integer not null default 1
);
create index on app.trace (home_group, state, received desc, id);
reset role;
call app_meta.hang_on_record('trace', 'id');
create trigger one_record_an_id before insert on app.trace for each row execute function app.one_record_an_id('trace');
-- As in 0021, and traces are written like contacts: by the team, and by the desk that took the call.
create or replace function app.journal_append(p_record uuid, p_kind text, p_group uuid, p_type text, p_command uuid, p_compartments smallint[], p_parts bytea[], p_dek smallint[])
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); h record; g uuid;
begin
  if me is null then raise exception 'no session' using errcode = '42501'; end if;
  select home_group, kind into h from app.record_head where record = p_record;
  g := coalesce(h.home_group, p_group);
  if coalesce(h.kind, p_kind) is distinct from p_kind or p_record = any (app.my_excluded()) then raise exception 'record out of scope' using errcode = '42501'; end if;
  if p_kind in ('contact', 'person', 'case', 'trace') then
    if not (g = any (app.my_groups()) or (p_kind in ('contact', 'trace') and g = any (app.my_desk())) or p_record = any (app.my_direct())) or p_record = any (app.my_glass()) then
      raise exception 'record out of scope' using errcode = '42501';
    end if;
  elsif p_kind not in ('account', 'team', 'installation') or not (g = app.my_agency() or g = any (app.my_agency_teams())) then
    raise exception 'record out of scope' using errcode = '42501';
  end if;
  return app.journal_write(p_record, p_kind, g, p_type, me, p_command, p_compartments, p_parts, p_dek);
end $$;
