-- Reach without tracking: how often a kind of page was shown in a language on a day, and how often a poster's code was opened. Numbers only; both lists are closed, so
-- no free text, address, browser or time of day can come into a table that is read by many. Below ten they are shown with noise (src/prevention/rules.reach.ts).
set role owner;
create table app.public_reach (
  day date not null,
  page text not null check (page in ('home', 'urgent', 'safety', 'how', 'clear', 'report', 'back', 'concern', 'chat', 'check', 'lesson', 'story', 'quiz', 'leaflet', 'poster')),
  lang text not null check (lang in ('ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr')),
  n integer not null default 0, primary key (day, page, lang)
);
-- One code of a campaign: where it hangs, in which language it leads in. Its name (which school, which market) is sealed under the service key.
create table app.poster_code (
  code text primary key check (code ~ '^[a-hjkmnp-z2-9]{5}$'), agency_id uuid not null references app.agency,
  place text not null check (place in ('school', 'college', 'clinic', 'shelter', 'market', 'worksite', 'hostel', 'station', 'worship', 'community', 'online', 'other')),
  lang text not null check (lang in ('ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr')),
  made date not null, state text not null default 'active' check (state in ('active', 'ended')), sealed bytea not null
);
create index on app.poster_code (agency_id, made desc);
create table app.poster_count (code text not null references app.poster_code, agency_id uuid not null, day date not null, n integer not null default 0, primary key (code, day));
reset role;
do $$ declare t text; begin
  foreach t in array array['public_reach', 'poster_code', 'poster_count'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format('alter table app.%I force row level security', t);
    execute format('revoke all on app.%I from public', t);
    execute format('grant select on app.%I to backup_ro', t);
    execute format('create policy backup_read on app.%I for select to backup_ro using (true)', t);
    execute format('create policy intake_all on app.%I for all to intake using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update (n) on app.public_reach, app.poster_count to intake;
grant select on app.poster_code to intake;

create function app.public_reach(p_page text, p_lang text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_page not in ('home', 'urgent', 'safety', 'how', 'clear', 'report', 'back', 'concern', 'chat', 'check', 'lesson', 'story', 'quiz', 'leaflet', 'poster')
     or p_lang not in ('ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr') then return; end if;
  insert into app.public_reach as r (day, page, lang, n) values (app.moscow_day(), p_page, p_lang, 1) on conflict (day, page, lang) do update set n = r.n + 1;
end $$;
-- Counts a code that was made here and still runs, and says in which language it leads in; nothing for any other.
create function app.public_poster(p_code text) returns table (lang text) language plpgsql security definer set search_path = pg_catalog as $$
declare c record;
begin
  select x.code, x.agency_id, x.lang into c from app.poster_code x where x.code = p_code and x.state = 'active';
  if not found then return; end if;
  insert into app.poster_count as p (code, agency_id, day, n) values (c.code, c.agency_id, app.moscow_day(), 1) on conflict (code, day) do update set n = p.n + 1;
  return query select c.lang;
end $$;
do $$ declare f record; begin
  for f in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'app' and p.proname in ('public_reach', 'public_poster') loop
    execute format('alter function %s owner to intake', f.name);
    execute format('revoke all on function %s from public', f.name);
    execute format('grant execute on function %s to public_in', f.name);
  end loop;
end $$;
