-- Threads that move while somebody looks at them. Whoever listens hears that something changed in a contact, by a digest of its random id: not which, not what, not by
-- whom. What changed is then read as somebody, by the ordinary way.
create function app.tell_live() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('contact_live', substr(encode(sha256(convert_to(new.contact_id::text, 'UTF8')), 'hex'), 1, 32));
  return null;
end $$;
revoke all on function app.tell_live() from public;
create trigger tells_live after insert or update of acknowledged on app.message for each row execute function app.tell_live();
