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
