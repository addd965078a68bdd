select id, facts->'a', facts->>'a', facts->'c'->2->>'d', facts->'c'->>0, facts->>'flag', facts->>'n', facts->-1, facts->>'b' from people
select id from people where facts->>'a' = 'x' or (facts->>'flag')::boolean
select id, (facts->>'n')::numeric, facts->'zz' is null, coalesce(facts->>'a', 'none') from people
select id, facts -> name, facts ->> (id % 3)::int from people
select id, jsonb_build_object('id', id, 'name', name, 'active', active, 'verified', verified, 'facts', facts, 'tags', tags, 'none', null, 'on', true) from people
select id, jsonb_build_array(id, nick, verified, facts, uid, mood, born, 'x', 1) from people
select id, json_build_object('total', price, 'rate', rate) from sales
select id, jsonb_array_length(facts->'c') from people where facts->'c' is not null
select id, cardinality(tags), array_length(tags, 1), array_length(scores, 1), cardinality(scores), tags[1], scores[2] from people
select id, array[name, nick], array[1, 2, id::int], '{a,"b c",NULL}'::text[], array[active, true], '{}'::int[] from people
select p.id, t from people p, unnest(p.tags) as t order by p.id, t
select p.id, u.tag from people p cross join unnest(p.tags) as u(tag) where u.tag like 'a%' order by p.id, u.tag
select x from unnest(array[3, 1, 2]) as x order by x
select x, n from unnest(array['b', 'a']) with ordinality as u(x, n) order by n
select person, array_agg(qty order by qty, id), array_agg(kind order by id desc), jsonb_agg(qty order by id) from sales group by person order by person
select person, jsonb_agg(jsonb_build_object('q', qty, 'k', kind) order by id) from sales group by person order by person
select person, array_agg(distinct qty), array_agg(small order by small desc, id) from sales group by person order by person
select jsonb_agg(qty), array_agg(qty) from sales where false
select p.id, json_agg(s order by s.id) from people p join sales s on s.person = p.id group by p.id
select p.id, jsonb_agg(s order by s.id) filter (where s.id is not null) from people p left join sales s on s.person = p.id group by p.id
select p.id, jsonb_agg(s order by s.id) from people p left join sales s on s.person = p.id group by p.id
select s.id, row_to_json(p) from sales s left join (select id, name, uid, seen, met, born from people) p on p.id = s.person
select s.id, to_jsonb(c) from sales s left join counters c on c.key = s.kind
select s.id, jsonb_build_object('sale', s.id, 'counter', c, 'at', s.noted) from sales s left join counters c on c.key = s.kind
select id, json_build_object('r', ratio, 'm', maybe, 's', ratio / 3, 'q', qty::float8 / 7, 'k', 1.5::float8, 'l', sqrt(abs(ratio))) from sales
select id, jsonb_build_array(ratio, maybe, noted, price) from sales
select jsonb_agg(ratio order by id), jsonb_agg(maybe), jsonb_agg(noted order by id), json_agg(sold) from sales
select id, to_jsonb(ratio), to_jsonb(maybe), to_jsonb(qty), to_jsonb(kind), to_jsonb(noted), to_jsonb(rate), to_jsonb(sold), to_json(small) from sales
select id, to_jsonb(active), to_jsonb(verified), to_jsonb(nick), to_jsonb(mood), to_jsonb(past_mood), to_jsonb(uid), to_jsonb(facts), to_jsonb(tags), to_json(scores) from people
select json_agg(t) from (select id, name, seen from people) t
select json_agg(t order by t.id desc) from (select id, price, ratio, noted, kind from sales) t
with t as (select id, name, active, verified from people) select jsonb_agg(t order by t.id) from t
select p.id, jsonb_build_object('id', p.id, 'sales', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'price', s.price, 'loose', s.loose, 'noted', s.noted) order by s.id), '[]') from sales s where s.person = p.id)) from people p
select jsonb_agg(t order by t.id) from (select p.id, p.name, (select jsonb_agg(jsonb_build_object('id', s.id, 'loose', s.loose) order by s.id) from sales s where s.person = p.id) as sales from people p) t
with x as (select p.id, (select jsonb_agg(jsonb_build_object('id', s.id, 'loose', s.loose) order by s.id) from sales s where s.person = p.id) as docs from people p) select x.id, jsonb_build_object('docs', x.docs, 'n', x.id) from x
with x as (select p.id, jsonb_build_object('name', p.name, 'loose', (select max(loose) from sales)) as doc from people p) select x.id, jsonb_build_object('doc', x.doc), x.doc from x
select p.id, coalesce((select json_agg(s order by s.id) from sales s where s.person = p.id), '[]') from people p
select p.id, json_agg(s.loose order by s.id) filter (where s.qty > 0), json_agg(s.kind order by s.kind, s.id) from people p left join sales s on s.person = p.id group by p.id
select p.id, jsonb_build_object('boss', b, 'name', p.name) from (select id, name, boss from people) p left join (select id, name, verified from people) b on b.id = p.boss
select jsonb_build_array(jsonb_build_object('t', (select jsonb_agg(loose order by id) from sales)), 1)
select id, case when id % 2 = 0 then jsonb_build_object('a', name) else jsonb_build_object('a', nick) end from people
select to_jsonb(s.*), row_to_json(s) from sales s
with x as (select p.id, p.name, p.active, p.uid, p.seen, (select jsonb_agg(jsonb_build_object('id', s.id, 'loose', s.loose) order by s.id) from sales s where s.person = p.id) as docs from people p) select x.id, jsonb_build_object('docs', x.docs, 'n', x.name, 'a', x.active, 'u', x.uid, 's', x.seen, 'k', 'it''s', 'z', null, 'o', jsonb_build_object('b', x.docs)) from x
with x as (select p.*, (select jsonb_agg(jsonb_build_object('id', s.id, 'loose', s.loose, 'k', s.kind) order by s.id) from sales s where s.person = p.id) as docs from people p), y as (select id, name, active, verified, uid, seen, mood, facts, tags, docs from x) select json_agg(y order by y.id) from y
select id, to_jsonb(facts -> 'c'), facts -> 'n' from people
select jsonb_agg(jsonb_build_object('t', (select jsonb_agg(s.loose order by s.id) from sales s where s.person = p.id), 'n', p.name, 'f', p.facts, 'x', p.facts -> 'a') order by p.id) from people p
select id, jsonb_build_object('a', seen, 'b', met, 'c', left_at, 'd', met::time, 'f', timestamp '2020-01-02 03:04:05.120', 'g', time '03:00', 'h', timestamptz '2020-01-02 03:04:05+02') from people
select person, jsonb_agg(jsonb_build_object('p', price, 'r', rate) order by price, rate desc, id) from sales group by person
select person, array_agg(id order by rate nulls first, loose desc, id), string_agg(kind, ',' order by price desc, id) from sales group by person
select active, json_agg(id order by mood, past_mood desc, id), array_agg(name order by past_mood nulls first, id) from people group by active
select active, json_agg(id order by uid), json_agg(id order by left_at desc nulls last, id) from people group by active
select person, json_agg(id order by price / 3, id) filter (where qty > 0) from sales group by person
select person, array_agg(id order by rate nulls first, loose desc, id) from sales group by person
select person, array_agg(id order by rate nulls first, id) from sales group by person
select person, array_agg(id order by small nulls first, id), array_agg(id order by small nulls last, id), array_agg(id order by small desc nulls last, id), array_agg(distinct small order by small nulls first) from sales group by person
select person, json_agg(distinct kind), jsonb_agg(distinct qty), json_agg(distinct noted), jsonb_agg(distinct maybe), json_agg(distinct sold order by sold desc) from sales group by person
select person, json_agg(distinct kind) filter (where qty > 0) from sales group by person
select json_agg(distinct uid), jsonb_agg(distinct active), jsonb_agg(distinct verified), jsonb_agg(distinct nick) from people
select p.id, jsonb_build_object('has', exists (select 1 from sales s where s.person = p.id), 'n', (select count(*) from sales s where s.person = p.id), 'first', (select to_jsonb(s) from sales s where s.person = p.id order by s.id limit 1)) from people p
select p.id, coalesce(to_jsonb(b), '{}'), case when b.id is null then null else to_jsonb(b) end from people p left join (select id, name, seen from people) b on b.id = p.boss
with u as (select id, boss, name, null::int as x from people) select p.id, json_agg(u order by u.id) from people p left join u on u.boss = p.id group by p.id
select jsonb_build_object('k', 1, 't', 'lit', 'n', 1.50, 'b', true, 'neg', -2, 'f', 1.5::float8, 'e', 'ok'::mood, 'q', '"q" \ ''x''')
select s.id, row_to_json(s), count(p.id), json_agg(p.name order by p.id) filter (where p.id is not null) from sales s left join people p on p.id = s.person group by s.id
select json_agg(ratio * 1e300 order by id), json_agg(maybe / 3e-7 order by id) from sales
