-- Wraps of the match key: whoever sent SQL of their own could lay a key that they know in the place of a team's (of one that had none yet, or of its next version, which also
-- deleted the true one), and read what that team saved from then on. Only for keys of teams at work that stand now; under a symmetric half by its own members alone; and an
-- older wrap goes only when the team itself has wrapped the key again.
create or replace function app.match_key_put(p_key integer, p_teams uuid[], p_versions integer[], p_form smallint, p_wrapped bytea[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not app.match_may() then return; end if;
  insert into app.match_key_wrap (key_version, team_id, team_version, form, wrapped)
  select p_key, u.t, u.v, p_form, u.x from unnest(p_teams, p_versions, p_wrapped) as u(t, v, x)
   where (p_form = 0 or u.t = any (app.my_teams()))
     and exists (select from app.team_key k where k.team_id = u.t and k.version = u.v and k.compartment = 1 and (k.retired_at is null or u.t = any (app.my_teams())))
  on conflict (key_version, team_id, team_version) do update set form = excluded.form, wrapped = excluded.wrapped
   where match_key_wrap.form = 0 and excluded.form = 1 and match_key_wrap.team_id = any (app.my_teams());
  delete from app.match_key_wrap w using app.team_key k where k.team_id = w.team_id and k.compartment = 1 and k.version = w.team_version and k.retired_at is not null
    and exists (select from app.match_key_wrap n where n.team_id = w.team_id and n.key_version = w.key_version and n.team_version > w.team_version and n.form = 1);
end $$;
-- A pair is one question and one notice: two rows of one pair would let the answer to one open the words of the other.
drop index app.match_notice_pair_idx, app.match_ask_pair_idx;
set role owner;
alter table app.match_notice add unique (pair);
alter table app.match_ask add unique (pair);
reset role;
