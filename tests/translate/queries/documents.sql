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
