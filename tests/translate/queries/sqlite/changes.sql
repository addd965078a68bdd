insert into counters values ('k', 5, 2.35, 'x', 1, '2024-01-01 10:00:00') returning *
insert into counters (key) values ('k') returning key, hits, amount, label, "on", at
insert into counters ("key", hits, "on") values ('k', 7, false), ('l', 8, 1) returning hits, "key", "on" = 1
insert into counters (key, hits, at) values ('k', 7, datetime('2024-01-01', '+1 day')) returning at
insert into counters as c (key, hits) values ('a', 3) on conflict (key) do update set hits = hits + excluded.hits returning hits, key
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do update set hits = counters.hits + excluded.hits, label = label || '!' where excluded.hits > 1 and hits < 9 returning *
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict do nothing
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do nothing returning key
insert into counters (key, hits) values ('a', 3) on conflict (key) do update set (hits, label) = (excluded.hits, 'both') returning hits, label
insert into counters (key, hits, "on") select kind, count(*), max(active) from sales join people on people.id = sales.person where true group by kind on conflict (key) do update set hits = excluded.hits
insert into counters (key, label) select 'x' || id, name from people where id < 4 union all select 'y', 'sad'
with names as (select name || id as n, active from people where id < 4) insert into counters (key, "on") select n, active from names returning *
insert or ignore into counters (key, hits) values ('a', 5), ('q', 6) returning key
insert or ignore into counters (key, hits) select name || id, id from people where id < 4
insert or replace into counters (key, hits) values ('a', 5), ('q', 6) returning *
replace into counters (key, hits, amount, label, "on", at) values ('a', 5, 1, null, 0, null)
insert into counters (key, at) values ('n', '2024-02-03 04:05:06.000000')
update counters set hits = hits + 1, label = upper(label) where key = 'a' returning *
update counters as c set hits = c.hits + 1 where c.key = 'a' returning *
update counters set hits = 10 where "key" <> 'a' returning hits + 1 as more, counters."key"
update counters set (hits, label) = (9, 'nine') where key = 'b' returning hits, label
update counters set (hits, label) = (select count(*), max(kind) from sales) returning hits, label
update counters set "on" = not "on", hits = "on" + 4, amount = 7
update counters set "on" = hits > 1, hits = case when "on" then 0 else hits end returning "on", hits
update counters set label = null where label is not 'la' returning key
update counters set hits = s.total from (select kind, count(*) as total from sales group by kind) s where counters.label = 'la' and s.kind = 'n' || 'ew' returning key, hits
update counters set label = p.name, hits = p.id from people p where p.id = hits returning *
update counters set at = met from people where people.id = counters.hits and met is not null
update counters set hits = (select count(*) from sales), at = '2024-02-03 04:05:06'
update counters set hits = hits * 2 where hits & 1
delete from counters where key = 'a' returning *
delete from counters as c where c.hits > 1 returning key
delete from counters where hits in (select id from people where id = 1)
delete from counters
