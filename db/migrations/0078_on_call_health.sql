-- For the health page: the hours on call of every intake team, so that the worker can say that at this moment nobody is. No person.
create function app.page_rotas() returns table (team uuid, time_zone text, hours jsonb) language sql stable security definer set search_path = pg_catalog as $$
  select t.id, g.time_zone, coalesce((select jsonb_agg(jsonb_build_object('weekday', o.weekday, 'from', o.from_minute, 'until', o.until_minute)) from app.on_call o
      where o.team_id = t.id and o.ended_at is null and exists (select from app.member m where m.user_id = o.user_id and m.team_id = t.id and m.confirmed_by is not null and now() < m.until)), '[]'::jsonb)
    from app.team t join app.agency g on g.id = t.agency_id where t.intake and t.state = 'active' $$;
alter function app.page_rotas() owner to authz;
revoke all on function app.page_rotas() from public;
grant execute on function app.page_rotas() to job;
