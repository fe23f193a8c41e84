-- What the child's page may do: ask for a salt, prove the words, leave an answer. All belong to `intake`; the public process still has no right on any table.
grant select, update (state, version) on app.check_in to intake;
grant select, update (fails, next_try) on app.check_in_code to intake;
grant select, insert on app.check_in_answer to intake;
do $$ declare t text; begin
  foreach t in array array['check_in', 'check_in_code', 'check_in_answer'] loop
    execute format('create policy intake_all on app.%I for all to intake using (true) with check (true)', t);
  end loop;
end $$;

-- Salt, cost and the box of a code; nothing when there is none, and the caller then takes the same steps with a salt and a box of its own.
create function app.public_check_in_find(p_locator bigint) returns table (salt bytea, kdf text, public_x bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select c.salt, c.kdf, c.public_x from app.check_in_code c where c.locator = p_locator $$;

-- Writes down what came: the check-in that it answers is the latest one planned until a week from today; older ones stay as they are. Event without sealed part:
-- nobody here holds a key of the case. Its type says whether help was asked, as the column does.
create function app.check_in_take(p_code uuid, p_id uuid, p_help boolean, p_sealed bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare c record; hit uuid;
begin
  if octet_length(p_sealed) > 16384 then raise exception 'malformed' using errcode = '22023'; end if;
  select x.case_id, x.home_group into c from app.check_in_code x where x.id = p_code;
  -- A limit for whoever has the words and a machine; a year of answers is far below it.
  if (select count(*) from app.check_in_answer a where a.code_id = p_code) >= 300 then return false; end if;
  select k.id into hit from app.check_in k where k.case_id = c.case_id and k.state = 'planned' and k.due <= app.moscow_day() + 7 order by k.due desc, k.id limit 1 for update;
  update app.check_in set state = 'answered', version = version + 1 where id = hit;
  insert into app.check_in_answer (id, case_id, home_group, check_in, code_id, day, help, unread, boxed)
    values (p_id, c.case_id, c.home_group, hit, p_code, app.moscow_day(), p_help, true, p_sealed);
  perform app.journal_write(c.case_id, 'case', c.home_group, case when p_help then 'check_in_help_asked' else 'check_in_answered' end, null, p_id, '{}', '{}', '{}');
  return true;
end $$;

-- Proof of the words. The second word that says "I am not alone" counts as wrong to whoever looks, and leaves its mark. Wrong ones in a row wait as for a receipt;
-- the right ones open all the while, or anybody could keep a child out. Who guesses the child's word gains five questions, and reads nothing.
-- Every way that opens nothing writes one counter, so that none of them costs another time.
create function app.check_in_prove(p_locator bigint, p_proof_hash bytea, p_mark uuid, p_mark_sealed bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare c record;
begin
  select x.id, x.proof_hash, x.duress_hash, x.fails, x.next_try, x.ended_day is null and x.until_day >= app.moscow_day() as live
    into c from app.check_in_code x where x.locator = p_locator for update;
  if found and c.live then
    if c.proof_hash = p_proof_hash then
      update app.check_in_code set fails = 0, next_try = '-infinity' where id = c.id and fails > 0;
      return c.id;
    elsif c.duress_hash = p_proof_hash then
      perform app.check_in_take(c.id, p_mark, true, p_mark_sealed);
    elsif clock_timestamp() >= c.next_try then
      update app.check_in_code set fails = c.fails + 1,
        next_try = case when c.fails >= 2 then clock_timestamp() + make_interval(secs => least(64, 2 ^ (c.fails - 1))) else '-infinity' end where id = c.id;
    end if;
  end if;
  insert into app.public_count as p (day, what, n) values (app.moscow_day(), 'return_failed', 1) on conflict (day, what) do update set n = p.n + 1;
  return null;
end $$;

-- True: these words open the questions. False: unknown, wrong, ended, or said in danger.
create function app.public_check_in_open(p_locator bigint, p_proof_hash bytea, p_mark uuid, p_mark_sealed bytea) returns boolean
language sql security definer set search_path = pg_catalog as $$
  select app.check_in_prove(p_locator, p_proof_hash, p_mark, p_mark_sealed) is not null $$;

-- One answer. status: 'saved' · 'same' (sent before) · 'refused' (same id, other content: ask again with a new id) · 'full' · 'unknown'.
create function app.public_check_in_answer(p_locator bigint, p_proof_hash bytea, p_mark uuid, p_mark_sealed bytea, p_id uuid, p_digest bytea, p_help boolean,
  p_sealed bytea, out status text)
language plpgsql security definer set search_path = pg_catalog as $$
declare who uuid := app.check_in_prove(p_locator, p_proof_hash, p_mark, p_mark_sealed); old record;
begin
  if who is null then status := 'unknown'; return; end if;
  if octet_length(p_digest) <> 32 then raise exception 'malformed' using errcode = '22023'; end if;
  -- check_in_prove holds the code's row: two sends of one sender wait for each other.
  select a.code_id, (select s.digest from app.command_seen s where s.id = a.id and s.actor is null) as digest into old from app.check_in_answer a where a.id = p_id;
  if found then
    status := case when old.code_id = who and coalesce(old.digest, p_digest) = p_digest then 'same' else 'refused' end;
    return;
  end if;
  insert into app.command_seen (id, actor, digest, record) select p_id, null, p_digest, c.case_id from app.check_in_code c where c.id = who on conflict (id) do nothing;
  if not found then status := 'refused'; return; end if;
  status := case when app.check_in_take(who, p_id, p_help, p_sealed) then 'saved' else 'full' end;
end $$;

do $$ declare f record; begin
  for f in select p.oid::regprocedure as name, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'app' and (p.proname like 'public\_check\_in\_%' or p.proname in ('check_in_take', 'check_in_prove')) loop
    execute format('alter function %s owner to intake', f.name);
    execute format('revoke all on function %s from public', f.name);
    if f.proname like 'public%' then execute format('grant execute on function %s to public_in', f.name); end if;
  end loop;
end $$;
