-- Two records of one child in one team, joined by a link, are one child: one notice to answer, and whoever asked sees no two.
create or replace function app.match_tell(p_query uuid, p_found uuid[], p_notices uuid[], p_pairs uuid[], p_versions integer[], p_boxes bytea[],
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
     where (n.person_id = f.id or n.home_group = f.home_group and exists (select from app.person_link l where l.person_id = f.id and l.other_id = n.person_id and l.ended_at is null)) and n.asking_group = q.home_group and n.kept_out = out_ and n.found > current_date - 30 limit 1;
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
