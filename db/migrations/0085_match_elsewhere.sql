-- Asking other teams whether they know a child (src/person/rules.elsewhere.ts). Whoever asks learns at most that a possible match exists; the coordinator of the team that
-- holds it learns who asked and what. Words for the other side lie boxed to that side's key in match_word, which nobody of staff reads but through a function that looks
-- whether both sides agreed. Plain are ids, days, states and versions.
set role owner;
-- Every question ever put to the index, one row each: the limit counts them.
create table app.match_query (
  id uuid primary key, user_id uuid not null references app.account, home_group uuid not null references app.team, at timestamptz not null default clock_timestamp(),
  way text not null check (way in ('one', 'group')), told_at timestamptz,
  key_version integer, sealed bytea, check ((way = 'group') = (sealed is not null))
);
create index on app.match_query (user_id, at);
create index on app.match_query (home_group, at) where way = 'group';
-- On the side of whoever holds the record.
create table app.match_notice (
  id uuid primary key, person_id uuid not null references app.person, home_group uuid not null, pair uuid not null, asking_group uuid not null references app.team,
  kept_out boolean not null, state text not null default 'new' check (state in ('new', 'talk', 'later', 'different', 'both')), found date not null default current_date,
  version integer not null default 1, key_version integer not null, sealed bytea not null, answer_version integer, answer bytea,
  check ((answer is null) = (answer_version is null)), check (not (kept_out and state in ('talk', 'both')))
);
create index on app.match_notice (person_id, asking_group, found);
create index on app.match_notice (pair);
create index on app.match_notice (home_group, found) where state = 'new';
-- On the side of whoever asked. found_id is read by the policies alone: it keeps out whoever is kept from that record, and no session may select it.
create table app.match_ask (
  id uuid primary key, found_id uuid not null references app.person, home_group uuid not null references app.team, pair uuid not null,
  state text not null default 'open' check (state in ('open', 'invited', 'both')), found date not null default current_date, version integer not null default 1,
  key_version integer not null, sealed bytea not null, answer_version integer, answer bytea,
  -- Where the answer is sealed to: made for this one talk. The key of the other team would tell which team it is, before both agreed.
  reply_x bytea, check ((answer is null) = (answer_version is null))
);
create index on app.match_ask (home_group, state, found);
create index on app.match_ask (found_id);
create index on app.match_ask (pair);
create table app.match_word (
  pair uuid not null, side text not null check (side in ('holder', 'asker')), key_version integer not null, sealed bytea not null, primary key (pair, side)
);
do $$ declare t text; begin
  foreach t in array array['match_query', 'match_ask', 'match_word'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
  end loop;
  foreach t in array array['match_query', 'match_notice', 'match_ask', 'match_word'] loop
    execute format('grant select, insert, update, delete on app.%I to authz', t);
    execute format('create policy authz_all on app.%I for all to authz using (true) with check (true)', t);
  end loop;
end $$;
reset role;
call app_meta.hang_on_record('match_notice', 'person_id');

-- Who may ask: with a team of their own, and a role that opens records of children.
create function app.elsewhere_may(p_team uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(app.match_may() and app.my_roles() && array['case_worker', 'supervisor', 'duty_specialist']::text[]
    and p_team = any (app.my_groups() || app.my_desk()), false) $$;
-- Takes as many of these questions as the limit allows, before anything is searched. 20 in an hour; 100 for whoever said why they take in a whole group.
create function app.match_claim(p_ids uuid[], p_team uuid, p_version integer, p_reason bytea) returns setof uuid language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); asked integer; most integer; hour timestamptz := clock_timestamp() - interval '1 hour';
begin
  if me is null or not app.elsewhere_may(p_team) then raise exception 'may not ask' using errcode = '42501'; end if;
  -- Two forms sent at once would otherwise both see the last free place.
  perform pg_advisory_xact_lock(hashtextextended('match_claim' || me::text, 0));
  select count(*), max(case when way = 'group' then 100 else 20 end) into asked, most from app.match_query where user_id = me and at > hour;
  most := greatest(coalesce(most, 20), case when p_reason is null then 20 else 100 end);
  return query insert into app.match_query (id, user_id, home_group, way, key_version, sealed)
    select i, me, p_team, case when p_reason is null then 'one' else 'group' end, case when p_reason is null then null else p_version end, p_reason
      from unnest(p_ids) with ordinality u(i, n) where n <= most - asked order by n returning id;
end $$;
-- Tells those who hold the records that were found, and says whether anybody was told. Whoever is kept from a record is answered as if there were none; its coordinator
-- is told all the same. Only for a question of one's own that was taken a moment ago, once, about at most three.
create function app.match_tell(p_query uuid, p_found uuid[], p_notices uuid[], p_pairs uuid[], p_versions integer[], p_boxes bytea[],
  p_asks uuid[], p_own_version integer, p_owns bytea[]) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); q app.match_query; x uuid[] := app.my_excluded(); g uuid[] := app.my_groups(); d uuid[] := app.my_direct(); f record; known record; told boolean := false; out_ boolean;
begin
  update app.match_query set told_at = clock_timestamp() where id = p_query and user_id = me and told_at is null and at > clock_timestamp() - interval '2 minutes' returning * into q;
  if q.id is null or not app.elsewhere_may(q.home_group) or coalesce(cardinality(p_found), 0) > 3 then raise exception 'no such question' using errcode = '42501'; end if;
  for f in select p.id, p.home_group, u.n, u.pair, u.v, u.box, u.a, u.own from unnest(p_found, p_notices, p_pairs, p_versions, p_boxes, p_asks, p_owns) as u(id, n, pair, v, box, a, own)
             join app.person p on p.id = u.id and p.state = 'active' where u.box is not null order by p.id loop
    out_ := f.id = any (x);
    -- A record of one's own is opened, not asked about.
    continue when not out_ and (f.home_group = any (g) or f.id = any (d));
    -- Two colleagues who ask at once write one notice.
    perform pg_advisory_xact_lock(hashtextextended('match_tell' || f.id::text || q.home_group::text, 0));
    select n.id into known from app.match_notice n
     where n.person_id = f.id and n.asking_group = q.home_group and n.kept_out = out_ and n.found > current_date - 30 limit 1;
    if not found then
      insert into app.match_notice (id, person_id, home_group, pair, asking_group, kept_out, key_version, sealed) values (f.n, f.id, f.home_group, f.pair, q.home_group, out_, f.v, f.box);
      perform app.journal_write(f.id, 'person', f.home_group, 'match_noticed', null, gen_random_uuid(), '{}', '{}', '{}');
      if not out_ then
        insert into app.match_ask (id, found_id, home_group, pair, key_version, sealed) values (f.a, f.id, q.home_group, f.pair, p_own_version, f.own);
      end if;
    end if;
    told := told or not out_;
  end loop;
  return told;
end $$;

-- The coordinator decides, and may take it back until the other side has agreed too. The words for the other side come with "talk" and go with anything else.
create function app.match_decide(p_notice uuid, p_version integer, p_state text, p_answer_version integer, p_answer bytea, p_word_version integer, p_word bytea, p_reply bytea, p_command uuid)
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); n app.match_notice;
begin
  select * into n from app.match_notice where id = p_notice for update;
  if n.id is null or me is null or not (app.my_roles() && array['supervisor']::text[]) or not (n.home_group = any (app.my_groups()))
    or n.person_id = any (app.my_excluded() || app.my_glass()) then return 'hidden'; end if;
  if n.version <> p_version then return 'changed'; end if;
  if n.state = 'both' then return 'agreed'; end if;
  if p_state not in ('new', 'talk', 'later', 'different') then return 'hidden'; end if;
  if p_state = 'talk' and (n.kept_out or p_word is null or p_answer is null or p_reply is null) then return 'kept_out'; end if;
  delete from app.match_word where pair = n.pair;
  if p_state = 'talk' then insert into app.match_word (pair, side, key_version, sealed) values (n.pair, 'holder', p_word_version, p_word); end if;
  if p_state = 'talk' or n.state = 'talk' then
    update app.match_ask set state = case when p_state = 'talk' then 'invited' else 'open' end, reply_x = case when p_state = 'talk' then p_reply end, version = version + 1 where pair = n.pair;
  end if;
  update app.match_notice set state = p_state, version = version + 1, answer = p_answer, answer_version = case when p_answer is null then null else p_answer_version end where id = n.id;
  if p_state = 'talk' then perform app.journal_write(n.person_id, 'person', n.home_group, 'match_talk_offered', me, p_command, '{}', '{}', '{}');
  elsif n.state = 'talk' then perform app.journal_write(n.person_id, 'person', n.home_group, 'match_talk_withdrawn', me, p_command, '{}', '{}', '{}');
  else perform app.journal_write(n.person_id, 'person', n.home_group, 'match_judged', me, p_command, '{}', '{}', '{}'); end if;
  return 'ok';
end $$;
-- The side that asked agrees; only now does either see the other's words.
create function app.match_agree(p_ask uuid, p_version integer, p_answer_version integer, p_answer bytea, p_word bytea, p_command uuid)
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare me uuid := app.uid(); k app.match_ask; n app.match_notice;
begin
  -- The notice first, as match_decide does: in another order two people would wait for each other for ever.
  select * into n from app.match_notice where pair = (select pair from app.match_ask where id = p_ask) for update;
  select * into k from app.match_ask where id = p_ask for update;
  if k.id is null or me is null or not (app.my_roles() && array['case_worker', 'supervisor']::text[]) or not (k.home_group = any (app.my_groups()))
    or k.found_id = any (app.my_excluded()) then return 'hidden'; end if;
  if k.version <> p_version then return 'changed'; end if;
  if k.state <> 'invited' or n.state is distinct from 'talk' or p_word is null or p_answer is null then return 'not_invited'; end if;
  insert into app.match_word (pair, side, key_version, sealed) values (k.pair, 'asker', 0, p_word);
  update app.match_ask set state = 'both', version = version + 1, answer = p_answer, answer_version = p_answer_version where id = k.id;
  update app.match_notice set state = 'both', version = version + 1 where id = n.id;
  perform app.journal_write(n.person_id, 'person', n.home_group, 'match_agreed', null, p_command, '{}', '{}', '{}');
  perform app.journal_write(k.home_group, 'team', (select agency_id from app.team where id = k.home_group), 'match_talk_agreed', me, p_command, '{}', '{}', '{}');
  return 'ok';
end $$;
-- The other side's words, for whoever sees one side of a pair on which both agreed; for everybody else nothing.
create function app.match_words(p_id uuid) returns table (key_version integer, sealed bytea) language sql stable security definer set search_path = pg_catalog as $$
  select w.key_version, w.sealed from app.match_notice n join app.match_ask k on k.pair = n.pair and k.state = 'both' join app.match_word w on w.pair = n.pair
   where n.state = 'both' and not n.person_id = any (app.my_excluded()) and (
     (w.side = 'asker' and n.id = p_id and app.my_roles() && array['supervisor']::text[] and n.home_group = any (app.my_groups()))
     or (w.side = 'holder' and k.id = p_id and app.my_roles() && array['case_worker', 'supervisor']::text[] and k.home_group = any (app.my_groups()))) $$;
-- With an erased record goes what was asked about it. That the question was once told stays with who asked, and says no more than before.
create function app.match_elsewhere_erased() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from app.match_word w using app.match_notice n where n.person_id = new.id and w.pair = n.pair;
  delete from app.match_notice where person_id = new.id;
  update app.match_ask set state = 'open', version = version + 1, answer = null, answer_version = null, reply_x = null where found_id = new.id and state <> 'open';
  return null;
end $$;
create trigger match_elsewhere_erased after update of state on app.person for each row when (new.state = 'erased' and old.state <> 'erased')
  execute function app.match_elsewhere_erased();
do $$ declare f text; begin
  foreach f in array array['elsewhere_may(uuid)', 'match_claim(uuid[], uuid, integer, bytea)',
    'match_tell(uuid, uuid[], uuid[], uuid[], integer[], bytea[], uuid[], integer, bytea[])', 'match_decide(uuid, integer, text, integer, bytea, integer, bytea, bytea, uuid)',
    'match_agree(uuid, integer, integer, bytea, bytea, uuid)', 'match_words(uuid)', 'match_elsewhere_erased()'] loop
    execute format('alter function app.%s owner to authz', f);
    execute format('revoke all on function app.%s from public', f);
    if f !~ '^(match_elsewhere_erased|elsewhere_may)' then execute format('grant execute on function app.%s to staff_rw', f); end if;
  end loop;
end $$;
