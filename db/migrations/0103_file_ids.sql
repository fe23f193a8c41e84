-- Taking a paper away removes the bytes of its id. A row under the id of another record's file, written by SQL in a session, would remove that file: an id is one file's.
create function app.file_is_new() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if app.uid() is not null and (exists (select from app.stored_file f where f.id = new.id) or exists (select from app.contact_file f where f.id = new.id)) then
    raise exception 'no such file' using errcode = '42501';
  end if;
  return new;
end $$;
alter function app.file_is_new() owner to scribe;
revoke all on function app.file_is_new() from public;
create trigger is_new before insert on app.contact_file for each row execute function app.file_is_new();
create trigger is_new before insert on app.stored_file for each row execute function app.file_is_new();
