-- The room of a session with an interpreter is a record of its own. When its case moves to another team the room goes with it: left behind, colleagues of the former team
-- would still read what is said in it, and the journal of it would stay with them.
create function app.room_moves() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update app.record_head set home_group = new.home_group where record = new.id;
  update app.journal set home_group = new.home_group where record = new.id;
  update app.journal_part set home_group = new.home_group where record = new.id;
  update app.key_wrap set home_group = new.home_group where record = new.id;
  update app.grant_ set home_group = new.home_group where record = new.id;
  return null;
end $$;
alter function app.room_moves() owner to scribe;
revoke all on function app.room_moves() from public;
create trigger room_moves after update of home_group on app.language_session for each row when (old.home_group is distinct from new.home_group) execute function app.room_moves();
