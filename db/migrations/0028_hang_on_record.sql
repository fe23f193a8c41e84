-- What every table needs that hangs on a record (its case, contact or person): nobody but the policies' readers, its home group from the record itself at writing, and
-- the move to another team together with the record. One procedure, so that no later table forgets one of them: a forgotten one would leave rows behind with a team
-- that no longer answers for the child.
create function app.moves_along() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('update app.%I set home_group = $1 where %I = $2', tg_argv[0], tg_argv[1]) using new.home_group, new.record;
  return null;
end $$;
alter function app.moves_along() owner to scribe;
revoke all on function app.moves_along() from public;
create procedure app_meta.hang_on_record(t text, col text) language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table app.%I enable row level security', t);
  execute format('alter table app.%I force row level security', t);
  execute format('revoke all on app.%I from public', t);
  execute format('grant select on app.%I to backup_ro', t);
  execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  execute format('grant select, update (home_group) on app.%I to scribe', t);
  execute format('create policy scribe_move on app.%I for all to scribe using (true) with check (true)', t);
  execute format('create trigger as_its_record before insert on app.%I for each row execute function app.as_its_record(%L)', t, col);
  execute format('create trigger %I after update of home_group on app.record_head for each row when (old.home_group is distinct from new.home_group) execute function app.moves_along(%L, %L)',
    'moves_' || t, t, col);
end $$;
revoke all on procedure app_meta.hang_on_record(text, text) from public;
