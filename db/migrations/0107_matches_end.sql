-- What two teams said to each other about a child goes ninety days after it was settled; that a question was put, after thirty. What nobody settled stays until somebody
-- does: a coordinator who never looked is no answer. The journal of the record keeps that there was a notice.
set role owner;
alter table app.match_notice add column moved date not null default current_date;
select pgboss.create_queue('matches', '{"policy": "short", "retryLimit": 0, "expireInSeconds": 600, "retentionSeconds": 86400, "deleteAfterSeconds": 86400}'::jsonb);
reset role;
create function app.match_notice_moved() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.moved := current_date;
  return new;
end $$;
revoke all on function app.match_notice_moved() from public;
create trigger moved before update of state on app.match_notice for each row when (new.state <> old.state) execute function app.match_notice_moved();
-- Called by the worker. The shortest times stand here: whoever has the worker's password cannot take away what was settled yesterday.
create function app.sweep_matches(p_settled integer, p_queries integer, out talks integer, out queries integer)
language plpgsql security definer set search_path = pg_catalog as $$
declare pairs uuid[];
begin
  if p_settled < 90 or p_queries < 30 then raise exception 'too soon' using errcode = '22023'; end if;
  with gone as (delete from app.match_notice n where n.moved < current_date - p_settled and (n.state in ('both', 'different') or (n.kept_out and n.state = 'later')) returning n.pair)
    select coalesce(array_agg(pair), '{}') into pairs from gone;
  talks := cardinality(pairs);
  delete from app.match_word where pair = any (pairs);
  -- Also what an erased record left on the side that asked.
  delete from app.match_ask k where k.pair = any (pairs)
    or (k.found < current_date - p_settled and not exists (select from app.match_notice n where n.pair = k.pair));
  delete from app.match_query where at < now() - make_interval(days => p_queries);
  get diagnostics queries = row_count;
end $$;
alter function app.sweep_matches(integer, integer) owner to authz;
revoke all on function app.sweep_matches(integer, integer) from public;
grant execute on function app.sweep_matches(integer, integer) to job;
