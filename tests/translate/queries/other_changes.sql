update people set nick = name, active = not active, born = born + 1, pause = pause * 2, seen = seen - interval '1 hour' where id < 9 returning id, nick, born, seen
update people set facts = '{"a": [1, 2]}', tags = '{}', scores = array[1, 2], boss = null where id = 3 returning facts, tags, scores
update people set facts = jsonb_build_object('name', name, 'on', active), mood = 'Zany', past_mood = mood where id < 5 returning id, facts, mood, past_mood
update people p set nick = q.name from people q where q.id = p.boss and q.active returning p.id, p.nick
delete from sales where person in (select id from people where active) and price > 10 returning id
delete from sales s using people p where p.id = s.person and p.mood = 'sad'
update sales set price = price * 1.075, rate = price / 3, loose = rate + 1, maybe = price, ratio = qty where abs(price) < 20000 returning id, price, rate, loose, maybe, ratio
update sales set price = loose, loose = price where abs(loose) < 1000 returning id, price, loose
update sales set small = price, big = qty where abs(price) < 1000 returning small, big
update sales set noted = sold, sold = noted where noted is not null returning id, noted, sold
