-- The night shift of a shelter gets a key of its own, compartment 8: what it must know of a child, and nothing else of the case. Members with the function shelter hold
-- it; nobody else does, so that whoever works on one case reads no card of another child who sleeps under the same roof.
set role owner;
alter table app.team_key drop constraint team_key_compartment_check;
alter table app.team_key add constraint team_key_compartment_check check (compartment between 1 and 8);
reset role;
create or replace function app.function_holds(p_function text) returns smallint[] language sql immutable set search_path = pg_catalog as $$
  select case p_function when 'casework' then '{1,2,3,4,7}' when 'supervision' then '{1,3,7}' when 'health' then '{1,3,5,7}' when 'legal' then '{1,3,6}'
    when 'follow_up' then '{1,2,7}' when 'desk' then '{1,2,3,4}' when 'shelter' then '{8}' else '{}' end::smallint[] $$;
