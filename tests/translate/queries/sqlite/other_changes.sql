update people set nick = name, active = not active, verified = 1, boss = null, raw = x'00ff' where id < 9 returning id, nick, active, verified, raw
update people set facts = json_object('name', name, 'n', id), met = datetime(met, '+1 day') where id < 5 and met is not null returning id, facts, date(met)
update people set facts = '{"a": [1, 2]}', uid = 'a0000000-0000-4000-8000-000000000000', born = date('2024-01-31', '-1 day') where id = 3 returning facts, uid, born
update people set nick = q.name from people q where q.id = people.boss and q.active returning id, nick
delete from sales where person in (select id from people where active) and price > 10 returning id
update sales set rate = 1.5, ratio = qty, maybe = ratio / 2, big = qty, small = 3 where id < 30 returning id, rate, ratio, maybe, big, small
update sales set noted = '2024-05-06 07:08:09.000000+00:00', sold = '2024-01-02', kind = kind || qty where id % 7 = 0 returning noted, sold, kind
insert into notes (Title, pinned) values ('x', 1), ('y', 0) returning title, stars, pinned
insert into notes values (null, 'x', 3, 0, 2, '2024-01-01 00:00:00'), (77, 'y', 4, null, 1, null) returning title, stars
