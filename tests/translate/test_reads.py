"""What reads: the original and the translation give the same rows."""

from __future__ import annotations

import pytest

from .sides import Sides

PREDICATES = """
select * from people order by id
select 1 as one, 'x' as x, true as t, null::int as n, 1.50 as d, 2.5::float8 as f, -3 as m, -1.5 as md
select id from people where active
select id from people where not active and verified
select id from people where verified is true
select id from people where verified is not true
select id from people where verified is false or verified is unknown
select id from people where verified is not unknown
select id from people where verified isnull
select id from people where verified notnull
select id from people where active = verified
select id from people where active = 't'
select id from people where nick is distinct from name
select id from people where nick is not distinct from name
select id from people where past_mood is distinct from 'ok'
select id, (active = verified) is null from people
select id from people where name = 'ada' or nick = E'a\\\\b' or name = $$it's$$
select id from people where name in ('ada', 'bob', '日本')
select id from people where nick not in ('ada', 'bob')
select id, nick in ('ada', null) from people
select id from people where name > 'Z' and nick <= 'b'
select id from people where name between 'A' and 'b'
select id from people where name not between 'A' and 'b'
select id from people where name between symmetric 'b' and 'A'
select id from people where mood = 'happy'
select id from people where mood > 'ok'
select id from people where past_mood <= mood
select id from people where mood between 'ok' and 'happy'
select id from people where mood in ('sad', 'Zany')
select id from people where uid < 'A0000000-0000-0000-0000-000000000000'
select id from people where seen > '2024-01-01'
select id from people where seen >= '2023-12-28 22:00+02' and seen < '2024-02-01T10:00:00.5Z'
select id from people where met < '2024-01-05 10:00:00'
select id from people where met < seen
select id from people where born < seen
select id from people where born < met
select id from people where born = date '2020-05-01' or born > '2022-01-01'
select id from people where seen between '2023-12-28' and '2024-01-10'
select id from people where raw > '\\x40'
select id from people where raw = '\\x'::bytea
select id from people where pause > interval '1 hour'
select id from people where pause between '-1 day' and '2 days 03:00'
select id from people where (name, id) > ('b', 10)
select id from people where (name, id) = ('ada', 10) or (name, id) in (('ada', 3), ('bob', 4), ('Ada', 5))
select id from people where (mood, active) in (('ok', true), ('sad', false))
select id from people where id in (select person from sales where qty > 5)
select id from people where id not in (select person from sales where person is not null and qty > 5)
select id from people where (id, name) in (select person, kind from sales)
select id from people p where exists (select * from sales s where s.person = p.id and s.price > 100)
select id from people p where not exists (select 1 from sales s where s.person = p.id)
select id from people where id = any (select person from sales where qty < 0)
select id from people where id <> all (select person from sales where person is not null and qty < 0)
select id from people where 'ada' = any (tags)
select id from people where not ('ada' = any (tags))
select id, 1 = any (scores), 1 <> all (scores), not (2 = any (scores)) from people
select id, nick = any (tags) from people
select id from people where name = any (array['ada', 'bob'])
select id from people where id = any ('{1,2,3}'::bigint[])
select id from sales where price > 10
select id from sales where price > 9.99 and price <> 50
select id from sales where price = 50
select id from sales where price = 0.5 or price = 0.50
select id from sales where price = 1.234
select id from sales where price in (0, 50, 0.5, 1.234)
select id from sales where loose in (0, 50, 0.5)
select id from sales where rate not in (0, 50, 0.5)
select id from sales where price = rate or price = loose
select id from sales where price in (select rate from sales)
select id from sales where rate not in (select price from sales)
select id from sales where price < rate
select id from sales where loose between -1 and 10.5
select id from sales where loose not between -1 and 10.5
select id from sales where loose between symmetric 10 and -1
select id from sales where price between qty and big
select id from sales where rate is distinct from price
select id from sales where loose is not distinct from rate
select id from sales where qty = price
select id from sales where qty in (1, 2.0, 3.5)
select id from sales where price > ratio
select id from sales where ratio > 0.5
select id from sales where ratio = 0.5 or maybe = 1.5
select id from sales where ratio > qty
select id from sales where maybe between 0 and price
select id from sales where qty > small or small = qty and big > 0
select id from sales where (price, qty) = (50, 1) or (price, qty) in ((0, 3), (0.5, 2))
select id from sales where kind collate "C" > 'a'
select id, (qty > 3) = (small > 2) from sales
select id, (qty in (1, 2)) = (small > 2) from sales
select id, qty is null = (small is null) from sales
"""

NUMBERS = """
select id, qty + small, qty - 3, qty * 2, -qty, +small, qty % 7, small / 3, big / 7, abs(qty), mod(qty, 5) from sales
select id, qty / nullif(small, 0), qty % nullif(small, 0) from sales
select id, qty / (case when small = 0 then null else small end) from sales
select id, qty & 6, qty | 1, qty << 2, qty >> 1, ~qty from sales where qty >= 0
select id, price + rate, price - loose, price * rate, price + 1, price * 1.5, -price, qty - price from sales
select id, price / 3, rate / 7, price / nullif(rate, 0), qty / 3.0, price / nullif(qty, 0), big / 3.0 from sales
select id, price / nullif(price * 3, 0), (price + rate) / 7 from sales
select id, price % 7, rate % nullif(price, 0) from sales
select id, abs(price), round(price), round(rate, 2), round(price, -1), trunc(rate, 1), trunc(price) from sales
select id, floor(price), ceil(rate), ceiling(loose), sign(price), sign(qty) from sales
select id, floor(ratio), ceil(ratio), round(ratio), trunc(ratio), abs(ratio), sign(ratio) from sales
select id, ratio + 1, ratio * qty, ratio - price, ratio / 4, ratio / nullif(maybe, 0), -ratio, qty * 1.5::float8 from sales
select id, sqrt(abs(ratio)), power(ratio, 2), power(qty, 3), ratio ^ 2 from sales
select id, greatest(qty, small), least(qty, small), greatest(price, rate), least(price, 10) from sales
select id, greatest(qty, 3, 5), least(price, rate), greatest(ratio, maybe), greatest(kind, 'n') from sales
select id, coalesce(small, 0), coalesce(rate, 0), coalesce(rate, price, 1.5), coalesce(maybe, 0), coalesce(maybe, price) from sales
select id, nullif(qty, 3), nullif(price, 50), nullif(price, rate), nullif(kind, 'new'), nullif(loose, 0) from sales
select id, case when qty > 3 then 1 when qty > 0 then 2.5 else 0 end, case when qty > 0 then price else 0 end from sales
select id, case qty when 1 then 'one' when 2 then 'two' else kind end, case price when 50 then 1 else 0 end from sales
select id, case when qty > 3 then ratio else 1 end, case when qty > 0 then 1 end from sales
select id, qty::numeric, qty::float8, price::int, price::float8, price::numeric(12, 1), rate::numeric(8, 2), qty::text from sales
select id, ratio::int, ratio::numeric, ratio::numeric(10, 2), maybe::bigint from sales where abs(ratio) < 1e6
select id, (price * 1.1)::numeric(12, 2), price::text, (qty > 3)::int, qty::boolean, '12'::int + qty from sales
select id, '1.50'::numeric, '1.505'::numeric(6, 2), numeric '7', '0.1'::float8, 1e3, 1e-3, .5 from sales
select id, (qty + small) * 2 - 1 as x, 2 * (3 + qty) from sales
select id, ((price)), (price * qty)::numeric(14, 2) from sales
select id, '42'::text::int, ' 7 '::text::bigint, '1.5'::text::numeric, 'yes'::text::boolean from sales
select id, qty + 1 as a, price + 1 as b from sales order by b, a, id
"""

TEXTS = """
select id from people where name like 'a%'
select id, nick like '%o_', nick not like '%o%', name ilike 'AD%', nick not ilike '%B%' from people
select id from people where name like '50\\%' or name like 'Bob\\_1' or name like 'a\\\\b'
select id from people where name like '50!%' escape '!' or name like '%\\%' escape ''
select id, name like nick from people
select id, lower(name), upper(name), length(name), octet_length(name), char_length(nick) from people
select id, name || '-' || coalesce(nick, '?'), name || id, id || name, name || mood, name || born, name || active from people
select id, concat(name, nick, id, active), concat(nick), concat_ws('-', name, nick, id), concat(born, mood) from people
select id, substring(name from 2), substring(name from 1 for 2), substring(name, 2, 1), substr(name, 3), substring(name for 2) from people
select id, substring(name from -1 for 3), substring(name from 0 for 2), substring(name from (id % 4)::int for 2) from people
select id, left(name, 2), right(name, 2), left(name, -1), right(name, -1), left(name, 0), right(name, 0), right(nick, 20) from people
select id, trim(name), btrim(name, 'ab'), ltrim(name), rtrim(name, 'a'), trim(leading 'a' from name), trim(trailing from name), trim(both 'x ' from name) from people
select id, replace(name, 'a', 'bb'), replace(name, '', 'x'), position('b' in name), strpos(name, 'a'), position('' in nick) from people
select id, repeat(name, 2), repeat(name, -1), reverse(name) from people
select id, name::varchar(2), nick::text, uid::text, mood::text, born::text, active::text from people
select id, coalesce(nick, name, 'x') || '!' from people
select id, 'a' || 1 + 2 from people
select id, length(name || 'x') + 1, length(raw) from people
select id, length(name) > 3 and name <> '' from people
select id, 'sad'::mood = mood, 'sad' = mood from people
select id from people where lower(name) = lower(nick)
"""

MOMENTS = """
select id, seen + interval '1 day', seen - interval '2 hours 30 minutes', met + '1 week', seen + interval '1 month', met - interval '1 year 2 months 3 days' from people
select id, born + 1, born - 7, 3 + born, born + id::int, born - date '2020-01-01', born + interval '1 day 02:00', born - interval '1 month' from people
select id, seen - left_at, met - timestamp '2023-01-01', left_at - seen > interval '1 day' from people
select id, pause + interval '1 hour', pause - pause, -pause, pause * 2, 3 * interval '1 day', interval '90 minutes' from people
select id, seen + pause, seen - pause, met + pause * 2, seen + interval '1 day' * id::int, seen + id::int * interval '1 month' from people
select id, seen + make_interval(days => id::int), seen - make_interval(months => 1, hours => 2), seen + make_interval(0, 0, 1) from people
select id, seen - 1.5 * interval '1 day', interval '1 day 01:00' * 1.5::float8, pause * 0.5::float8 from people
select id, date_trunc('day', seen), date_trunc('month', met), date_trunc('week', seen), date_trunc('quarter', seen), date_trunc('hour', met), date_trunc('year', born) from people
select id, extract(year from seen), extract(month from born), extract(day from met), extract(dow from seen), extract(isodow from born), extract(doy from seen) from people
select id, extract(epoch from seen), extract(epoch from born), extract(second from seen), extract(hour from met), extract(minute from seen), extract(week from born), extract(quarter from seen), extract(epoch from pause), extract(milliseconds from seen) from people
select id, date_part('year', seen), date_part('epoch', seen), date_part('day', born) from people
select id, seen::date, met::date, born::timestamp, born::timestamptz, met::timestamptz, seen::timestamp, seen::time from people
select id, seen at time zone 'utc', met at time zone 'UTC', (seen at time zone 'utc')::date from people
select id, extract(epoch from left_at - seen) from people
select id from people where seen > timestamptz '2024-01-01 00:00:00+01' - interval '3 days'
select id from people where seen::date = '2023-12-28' or met::date > current_date
select id from people where seen < now() and left_at < current_timestamp and met < localtimestamp and born <= current_date
select id, coalesce(left_at, seen), coalesce(born, '2020-01-01'), greatest(seen, left_at), least(met, '2024-01-01') from people
select extract(epoch from now() - (now() - interval '90 seconds')), current_date - current_date, now() > now() - interval '1 second'
"""

DOCUMENTS = """
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
"""

AGGREGATES = """
select count(*), count(small), count(distinct kind), count(distinct price), count(distinct loose), count(distinct rate) from sales
select sum(qty), sum(big), sum(small), sum(price), sum(rate), sum(loose), sum(price * qty), sum(distinct qty) from sales
select avg(qty), avg(big), avg(price), avg(rate), avg(price * 2), avg(ratio), avg(small) from sales
select min(price), max(price), min(rate), max(loose), min(qty), max(kind), min(sold), max(noted), min(ratio) from sales
select bool_and(active), bool_or(verified), every(verified), min(name), max(seen), sum(pause), max(pause) from people
select sum(qty), sum(price), avg(price), count(*), max(kind) from sales where false
select kind, count(*), sum(price), avg(price), sum(big) from sales group by kind order by kind
select kind, person is null, count(*) from sales group by 1, 2 order by 1, 2
select kind as k, sum(price) filter (where qty > 0), count(*) filter (where small is null), avg(rate) filter (where qty < 0) from sales group by k order by k
select person, sum(price) as total from sales group by person having sum(price) > 100 order by total desc, person
select price, count(*) from sales group by price order by price
select loose * 2, count(*) from sales group by loose * 2 order by 1
select date_trunc('month', noted), count(*) from sales group by 1 order by 1
select sold, sum(price) from sales group by sold order by sold desc
select kind, string_agg(qty::text, ',' order by qty, id), string_agg(distinct kind, '-') from sales group by kind order by kind
select string_agg(kind, ', ' order by id desc) filter (where qty > 0), string_agg(kind, ',') from sales where id < 3
select sum(price) / count(*), sum(price) / nullif(count(*), 0), sum(qty) / count(*), sum(qty) / 2 from sales
select sum(case when qty > 0 then price else 0 end), sum(case when active then 1 else 0 end) from sales, people where people.id = sales.person
select round(avg(price), 2), round(avg(qty), 1), avg(qty)::float8, coalesce(sum(price), 0), avg(price)::numeric(10, 2) from sales
select distinct kind from sales order by kind
select distinct price, qty > 0 from sales
select distinct loose * 1.0, rate from sales
select distinct price + rate from sales
select id, row_number() over (order by price, id), rank() over (order by price desc), dense_rank() over (partition by kind order by qty) from sales
select id, sum(price) over (partition by kind order by id), sum(qty) over w, avg(price) over w, count(*) over () from sales window w as (partition by person order by sold, id) order by id
select id, lag(price) over (order by id), lead(qty, 2, 0) over (order by id), first_value(kind) over (order by sold, id), last_value(price) over (order by id rows between unbounded preceding and unbounded following) from sales
select id, ntile(4) over (order by id), percent_rank() over (order by qty), cume_dist() over (order by qty), nth_value(kind, 2) over (order by id) from sales
select id, sum(qty) over (order by id rows between 2 preceding and 1 following), sum(price) over (order by id rows 3 preceding), max(price) over (order by id rows between 1 preceding and current row), min(rate) over (order by id groups between 1 preceding and current row exclude current row) from sales
select id, sum(qty) over (order by qty range between 2 preceding and 2 following) from sales
select id, rank() over (order by small desc, noted), row_number() over (partition by price order by rate nulls first, id) from sales
select id, row_number() over (order by mood, past_mood desc, id), rank() over (partition by mood order by nick) from people
select sum(price) filter (where qty > 0) over (partition by kind) from sales
"""

ORDERS = """
select id from people order by nick, id
select id from people order by nick desc, id
select id from people order by nick nulls first, id desc
select id from people order by past_mood, id
select id from people order by mood desc, id
select id, mood as m from people order by m, id
select id, past_mood from people order by 2 desc, 1
select id from sales order by price, id
select id, price as p from sales order by p desc, id
select id, rate from sales order by 2, 1
select id, price * qty as total from sales order by total desc, 1
select id from sales order by rate desc nulls last, id
select id from sales order by maybe, small desc, id
select id from people order by verified, active desc, born desc, id
select id from people order by uid
select id from people order by coalesce(nick, name), id
select id from people order by case when active then name end, id
select id from people order by length(name), name, id limit 5
select id from people order by id limit 5 offset 3
select id from people order by id offset 35
select id from people order by id limit all offset 38
select id from people order by id fetch first 3 rows only
select id from people order by id offset 2 rows fetch next row only
select id from people order by id limit null
select id from people order by id for update
select id from people where id < 4 order by id for share of people limit 2
"""

QUERIES = """
select p.*, s.price from people p join sales s on s.person = p.id order by p.id, s.id
select s.id, p.name from sales s left join people p on p.id = s.person order by s.id, p.name
select s.id, p.name from sales s right join people p on p.id = s.person and s.qty > 0 order by p.id, s.id
select s.*, p.id as pid from sales s right join people p on p.id = s.person order by p.id, s.id
select a.id, b.id as b, c.id as c from people a join people b on b.id = a.boss right join people c on c.id = b.boss order by c.id, a.id
select p.id, q.id as q from people p, people q where p.boss = q.id order by p.id
select p.id, s.id as s from people p left join (sales s join people q on q.id = s.person and s.qty > 15) on s.person = p.boss order by p.id, s.id
select id, a.name, b.nick from people a join people b using (id) order by id
select * from (select id, name from people) a natural join (select id, nick from people) b order by id
select id, a.n from (select id as id, qty as n from sales) a left join (select id, price from sales) b using (id) order by id
select t.total, t.count from (select sum(price) as total, count(*) from sales) t
select t.a, t.b from (values (1, 'x'), (2, null), (3, 'z')) as t(a, b) order by a
select t.x, t.y from (select id, name from people) as t(x, y) order by x
select v.n, v.d from (values (1, 1.5), (2, 2)) v(n, d) order by n
values (1, 'x'), (2, 'y')
with big as (select id, price from sales where price > 100) select count(*), max(price) from big
with x(a, b) as (select kind, count(*) from sales group by kind), y as materialized (select * from x) select * from y order by a
with recursive t(n) as (values (1) union all select n + 1 from t where n < 10) select n, sum(n) over (order by n) from t order by n
with recursive up as (select id, boss, 0 as depth from people where id = 20 union all select p.id, p.boss, up.depth + 1 from people p join up on p.id = up.boss where up.depth < 5) select * from up order by depth
select (select max(price) from sales s where s.person = p.id) as top, id from people p order by id
select id, (select count(*) from sales where person = people.id) from people order by count, id
select id from people union select id from sales order by id
select kind from sales union all select name from people order by 1
select price from sales union select rate from sales
select price from sales intersect select loose from sales
select qty from sales except select price from sales
select qty from sales union all select price from sales
select id, 1 as n from people union select id, 2.5 from sales where id < 4 order by 1, 2
select id from people where id < 5 union select id from sales where id > 115 intersect select id from sales where id > 117 order by id
(select id from people order by id limit 2) union all (select id from sales order by id desc limit 2) order by 1
(select id from people where id < 3 union select id from people where id < 5) intersect select id from people where id > 1 order by id
select id from people where id < 9 except (select 3 union select 4) order by id
select null as x union all select 'a' union all select null
select x.id, y.c from people x left join (select person, count(*) as c from sales group by person) y on y.person = x.id order by y.c desc, x.id
select distinct p.mood from people p order by p.mood
select public.people.id from public.people order by people.id limit 3
select P.ID, "p"."name" as "Full Name" from PEOPLE as "p" order by "p".id limit 3
select id /* a comment */, name from people /* another */ order by id
select count(*) as "total!", max(small) as "top?" from sales
table counters
select p.id from people p where (select count(*) from sales s where s.person = p.id) > 2 order by 1
select case when exists (select 1 from sales where person = p.id) then 'y' else 'n' end, p.id from people p order by p.id
"""


def cases(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("sql", cases(PREDICATES))
def test_predicates(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(NUMBERS))
def test_numbers(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(TEXTS))
def test_texts(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(MOMENTS))
def test_moments(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(DOCUMENTS))
def test_documents(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(AGGREGATES))
def test_aggregates(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", cases(ORDERS))
def test_orders(sides: Sides, sql: str) -> None:
    sides.same(sql, ordered=True)


@pytest.mark.parametrize("sql", cases(QUERIES))
def test_queries(sides: Sides, sql: str) -> None:
    sides.same(sql)
