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
select id from people where name = 'ada' or nick = E'a\\b' or name = $$it's$$
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
select id from people where raw > '\x40'
select id from people where raw = '\x'::bytea
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
