insert into counters values ('k', 5, 2.345, 'x', 'happy', '{a,b}', false, '2024-01-01 10:00+01') returning *
insert into counters (key) values ('k') returning key, hits, amount, label, state, flags, on_, at
insert into counters (key, hits) values ('k', default), ('l', 7) returning hits, key
insert into counters (key, hits, amount) values ('k', 1, default), ('l', 7, default) returning *
insert into counters (key, amount) values ('k', 1), ('l', 1.005), ('m', -3) returning amount
insert into counters (key, hits) values ('k', 2.5), ('l', '7')
insert into counters as c (key, hits) values ('a', 3) on conflict (key) do update set hits = c.hits + excluded.hits returning c.hits, c.key
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do update set hits = counters.hits + excluded.hits where excluded.hits > 1 returning *
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict do nothing
insert into counters (key, label) values ('a', 'la') on conflict on constraint counters_label do update set label = 'again', amount = default, hits = default returning *
insert into counters (key, label) values ('a', 'la') on conflict on constraint counters_pkey do nothing
insert into counters (key, hits, amount, at) select name || id, id, id / 3.0, seen from people where id < 5 returning key, amount, at
insert into counters (key, hits) select key, 1 from (select 'a' as key union select 'q') as s on conflict (key) do update set hits = counters.hits + excluded.hits
insert into counters (key, amount) select kind, sum(price) from sales group by kind on conflict (key) do nothing returning key, amount
insert into counters (key, label) select 'x' || id, mood from people where id < 4 union all select 'y', 'sad'
with names as (select name || id as n from people where id < 4) insert into counters (key, flags) select n, array[n, 'x'] from names returning *
update counters set hits = hits + 1, amount = amount * 1.1, label = upper(label) where key = 'a' returning *
update counters as c set hits = c.hits + 1 where c.key = 'a' returning c.*
update counters c set hits = 10 where c.key <> 'a' returning c.hits + 1 as more, c.key
update counters set (hits, label) = (9, 'nine') where key = 'b' returning hits, label
update counters set (hits, amount) = (select count(*), sum(price) / 7 from sales), state = 'sad' returning hits, amount
update counters set label = default, amount = default, on_ = not on_, at = '2024-02-03T04:05:06Z' returning *
update counters set label = null where label is distinct from 'la' returning key
update counters set amount = 7, hits = amount where key = 'a'
update counters set hits = s.total from (select kind, count(*) as total from sales group by kind) s where counters.label = 'la' and s.kind = 'n' || 'ew' returning key, hits
update counters c set label = p.name, hits = p.id from people p where p.id = c.hits
update counters set state = case when hits > 1 then 'happy'::mood else state end, flags = array[key] returning state, flags
delete from counters where key = 'a' returning *
delete from counters c where c.hits > 1 returning c.key
delete from counters c using people p where p.id = c.hits and p.id = 1
delete from counters using people, sales where people.id = counters.hits and sales.person = people.id
delete from counters
