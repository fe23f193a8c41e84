-- What was ended is over, as a grant is (0021): were a link of two records, an exclusion or a code taken up again by clearing its end, it would stand under the name and the
-- signature of whoever made it once, and no journal would say that somebody else did. Who wants it again makes a new one, in their own name.
create function app.stays_ended() returns trigger language plpgsql set search_path = pg_catalog as $$
declare was text := to_jsonb(old) ->> tg_argv[0];
begin
  if was is not null and (to_jsonb(new) ->> tg_argv[0]) is distinct from was then raise exception 'it has ended' using errcode = '42501'; end if;
  return new;
end $$;
revoke all on function app.stays_ended() from public;
create trigger stays_ended before update of ended_at on app.person_link for each row execute function app.stays_ended('ended_at');
create trigger stays_ended before update of ended_at on app.case_link for each row execute function app.stays_ended('ended_at');
create trigger stays_ended before update of ended_at on app.record_exclusion for each row execute function app.stays_ended('ended_at');
create trigger stays_ended before update of ended_day on app.check_in_code for each row execute function app.stays_ended('ended_day');
