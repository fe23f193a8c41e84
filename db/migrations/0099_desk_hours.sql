-- The hours of the desk belong to a team and hang on no record. As a row of a record (0073) its team was looked up among the records; a team of which the journal knows is
-- one, with its agency as its home, and the row was written for the agency: nobody could say when the desk answers.
drop trigger as_its_record on app.desk_hours;
drop trigger moves_desk_hours on app.record_head;
drop function app.public_desk_state();
set role owner;
drop policy scribe_move on app.desk_hours;
revoke all on app.desk_hours from scribe;
-- How long one usually waits for an answer, of a closed list: the words stand in the catalogues of six languages.
alter table app.desk_hours add column waiting text not null default 'minutes' check (waiting in ('minutes', 'half_hour', 'hours', 'day')),
  add column version integer not null default 1;
reset role;
-- As in 0073, and how long one waits.
create function app.public_desk_state() returns table (hours jsonb, zone text, staffed boolean, busy boolean, waiting text)
language sql stable security definer set search_path = pg_catalog as $$
  select h.hours, a.time_zone, app.desk_staffed(t.id),
         (select count(*) from (select from app.contact c where c.home_group = t.id and c.unread and c.state in ('new', 'open') limit 5) w) = 5, h.waiting
    from app.public_desk() d join app.team t on t.id = d.team_id join app.agency a on a.id = t.agency_id left join app.desk_hours h on h.home_group = t.id $$;
alter function app.public_desk_state() owner to intake;
revoke all on function app.public_desk_state() from public;
grant execute on function app.public_desk_state() to public_in;
