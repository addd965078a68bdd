select id from people order by name, id
select id from people order by nick, id
select id from people order by nick desc, id desc
select id from people order by nick nulls last, id
select id from people order by nick desc nulls first, id
select id from people order by name collate nocase, id
select id, name || '' as shown from people order by shown, id
select id, lower(name) as low from people order by 2 desc, 1
select id, nick as n from people order by n, id
select id from people order by coalesce(nick, name), id
select id from people order by active desc, verified, id
select id from people order by nick is null, nick, id
select id from people order by case when active then name end, id
select id from people order by born desc, met, id
select id from people order by uid
select id from people order by length(name), name, id limit 5
select id from sales order by price, id
select id from sales order by rate desc, id
select id from sales order by maybe, small desc, id
select id, qty * 2 as twice from sales order by twice desc, id
select id from people order by id limit 5
select id from people order by id limit 5 offset 3
select id from people order by id limit 3, 5
select id from people order by id limit -1 offset 35
select id from people order by id limit -1
select id from people order by id limit 2 + 1 offset 1 * 2
select id from people order by id limit (select count(*) from people where active)
select count(*) from (select id from people order by random() limit 7)
select kind from sales union select name from people order by kind
select id, nick from people union all select id, kind from sales order by 2, 1
select id from people where id < 5 union select id from sales where id > 115 order by id desc limit 3
