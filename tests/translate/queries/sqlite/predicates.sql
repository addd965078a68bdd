select * from people order by id
select 1 as one, 'x' as x, true as t, null as n, 1.5 as f, -3 as m, -1.5 as mf, x'00ff' as b, 0x10 as h
select id from people where active
select id from people where not active
select id from people where active = 1 and verified = 0
select id from people where active == TRUE or verified != false
select id from people where active is 1 or verified is not 0
select id from people where verified is true
select id from people where verified is not true
select id from people where verified is false
select id from people where verified isnull
select id from people where verified notnull and nick not null
select id from people where active in (0, 1) and verified in (1)
select id from people where active = verified
select id, active + 0, active * 2, -active, active = verified, active and verified, not verified from people
select id from people where active > verified
select id from people where id
select id from people where id % 3
select id from people where not id & 1
select id from people where nick is name
select id from people where nick is not name
select id from people where nick is null
select id from people where nick is not null
select id from people where nick is not distinct from name
select id, nick is null, nick is 'ada', (active = verified) is null from people
select id from people where name = 'ada' or nick = 'it''s'
select id from people where name == 'ada' and nick <> 'bob'
select id from people where name in ('ada', 'bob', '日本')
select id from people where nick not in ('ada', 'bob')
select id, nick in ('ada', null) from people
select id from people where name > 'Z' and nick <= 'b'
select id from people where name between 'A' and 'b'
select id from people where name not between 'A' and 'b'
select id from people where id between 3 and 8 and (id not between 4 and 5)
select id from people where name || '' > 'Z'
select id from people where lower(name) >= 'b'
select id from people where name < nick
select id from people where 'b' < name
select id from people where born = '2020-05-01' or born > '2022-01-01'
select id from people where born between '2019-01-01' and '2021-12-31'
select id from people where seen >= '2024-01-01 00:00:00.000000+00:00'
select id from people where met > '2024-01-01 00:00:00' and met < '2024-06-01 00:00:00'
select id from people where seen > left_at
select id from people where uid < 'a0000000-0000-0000-0000-000000000000'
select id from people where raw > x'40' or raw = x''
select id from people where (name, id) > ('b', 10)
select id from people where (name, id) = ('ada', 10) or (name, id) in (values ('ada', 3), ('bob', 4))
select id from people where id in (select person from sales where qty > 5)
select id from people where id not in (select person from sales where person is not null and qty > 5)
select id from people where (id, name) in (select person, kind from sales)
select id from people where id in ()
select id from people where id not in ()
select id from people p where exists (select * from sales s where s.person = p.id and s.price > 100)
select id from people p where not exists (select 1 from sales s where s.person = p.id)
select id from sales where qty > 2.5 and ratio < 1
select id from sales where price = 0.5 or price = 50
select id from sales where price > qty
select id from sales where rate <= 1.25 and price in (0, 0.5, 50)
select id from sales where price between 1 and 1000.5
select id from sales where big > 4611686018427387000 or big < -5
select id from sales where small = 7 or small is 8 or small is null
select id from sales where ratio = 0.5 or maybe >= 1.5
select id, case when qty > 0 then 'more' when qty = 0 then 'none' else 'less' end from sales
select id, case kind when 'new' then 1 when 'old' then 2 end from sales
select id, case active when 1 then 'on' else 'off' end, case when verified then 1 else 0 end, case when id then name end from people
select id, iif(active, 'yes', 'no'), iif(nick is null, 0, 1), iif(id > 3, nick, null) from people
select id from people where case when active then id > 5 else verified end
select id, coalesce(nick, name), ifnull(nick, '-'), coalesce(verified, active, 0), ifnull(verified, false), coalesce(boss, -1) from people
select id, nullif(name, 'ada'), nullif(id, 3), nullif(active, 0), nullif(nick, name) from people
select id, max(id, boss), min(id, 5), max(name, nick, 'b'), min(qty, 3) from people join sales using (id)
select id, max(born, '2020-06-01'), min(active, verified) from people
select name like 'a%', name like '%A%', nick like '_ob%', name not like 'A%', id like '1%', name like '50\%' escape '\' from people
select id from people where name like '%\_%' escape '\' or name like '50!%' escape '!'
select id from people where nick like '%' || 'B' || '%'
select id from people where name like 'back\_%'
select id from people where name glob 'a*' or name glob '*_*' or name glob '?o?' or nick not glob '*b'
select id from people where name = 'ADA' collate nocase
select id from people where name collate nocase = nick
select id from people where name collate nocase in ('ADA', 'BOB')
select id from people where name collate binary > 'a'
select id from people where likely(active) and unlikely(id > 2)
select id from people where facts ->> 'a' = 'x' or facts ->> 'flag' = 1
select id from people where json_extract(facts, '$.a') = 1 or json_extract(facts, '$.b') is null
select id from people where json_extract(facts, '$.c[2].d') is not null or facts ->> 'n' = 1.5
select id from people where facts ->> 'b' is not 'two'
select id from people where "name" = "ada"
select id, rowid, p.oid, _rowid_ from people p where rowid = 3 or p.rowid > 35
select ID, Name, P.Nick from PEOPLE as P where P.ACTIVE order by NAME, p.Id
select id is 3, id is null is not null, (id = 3) is true, (id = 3) is not 1, id between 1 and 3 = 1, - -id, -(-id) from people
select id from people where active <> (select active from people where id = 2) or (id, active) = (1, 1)
select id from people where not name is null and not (active or verified) or (not active) = 1
select 'a' < 'B', 'Z' < 'a', 'é' > 'z', 'a' like 'A', 'é' like 'É', '%' like '\%', null in (1), 'a' in ('a', null)
select id from people where name = 5 or id = 5.5 or verified in (select active from people)
