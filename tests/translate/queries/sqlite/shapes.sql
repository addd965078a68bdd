select p.*, s.price from people p join sales s on s.person = p.id order by p.id, s.id
select s.id, p.name from sales s left join people p on p.id = s.person order by s.id, p.name
select s.id, p.name from sales s left outer join people p on p.id = s.person and p.active order by s.id
select s.id, p.id as person from sales s right join people p on p.id = s.person and s.qty > 0 order by p.id, s.id
select s.id as s, p.id as p from sales s full join people p on p.id = s.person order by s, p
select p.id, q.id as q from people p, people q where p.boss = q.id order by p.id
select p.id, q.id as q, r.id as r from people p, people q join people r on r.id = p.boss where p.boss = q.id order by p.id
select p.id, s.id as s from people p cross join sales s where s.person = p.id order by p.id, s.id
select count(*) from people join sales
select p.id, s.id as s from people p left join (sales s join people q on q.id = s.person and s.qty > 15) on s.person = p.boss order by p.id, s.id
select id, a.name, b.nick from people a join people b using (id) order by id
select * from (select id, name from people) a natural join (select id, nick from people) b order by id
select id from (select id from people where active) order by id
select t.total, t.n from (select sum(qty) as total, count(*) as n from sales) t
select * from (values (1, 'x'), (2, null), (3, 'z'))
values (1, 'x'), (2, 'y')
with big as (select id, price from sales where price > 100) select count(*), max(price) from big
with x(a, b) as (select kind, count(*) from sales group by kind), y as (select * from x) select * from y order by a
with Total as (select kind, count(*) from sales group by kind) select "count(*)", kind from total order by KIND
with recursive t(n) as (values (1) union all select n + 1 from t where n < 10) select n, sum(n) over (order by n) from t order by n
with recursive up as (select id, boss, 0 as depth from people where id = 20 union all select p.id, p.boss, up.depth + 1 from people p join up on p.id = up.boss where up.depth < 5) select * from up order by depth
select (select max(price) from sales s where s.person = p.id) as top, id from people p order by id
select id, (select count(*) from sales where person = people.id) as n from people order by n, id
select id, (select id from sales s where s.person = p.id order by s.id) as first from people p order by id
select id from people union select id from sales order by id
select kind from sales union all select name from people
select qty from sales except select small from sales
select qty from sales intersect select small from sales
select id from people where id < 5 union select id from sales where id > 115 intersect select id from sales where id > 117 order by id
select id from people where id < 9 except select 3 union select 4 order by id
select id, null as x from people where id < 3 union all select id, kind from sales where id < 3
select null as x union all select null union all select 'a'
select active from people union select qty > 0 from sales
select x.id, y.c from people x left join (select person, count(*) as c from sales group by person) y on y.person = x.id order by y.c desc, x.id
select main.people.id from main.people order by people.id limit 3
select P.ID, "p"."name" as "Full Name" from PEOPLE as "p" order by "P".id limit 3
select id as Number from people where number < 4 order by NUMBER
select qty * 2 as twice from sales where twice > 10 order by twice
select id /* a comment */, name from people -- another
select * from workers order by id
select boss, count(*) from workers group by boss order by boss
select p.id from people p where (select count(*) from sales s where s.person = p.id) > 2 order by 1
select case when exists (select 1 from sales where person = p.id) then 'y' else 'n' end, p.id from people p order by p.id
select count(*) as "total!", max(small) as "top?" from sales
select [id], `name` from [people] order by [id] limit 2
select n.ID, Title from notes n
with recursive t(p, n) as (select nick, id from people where id < 3 union all select p || 'b', n + 10 from t where n < 20) select p, n from t order by p, n
with x as (select name || '!' as n from people) select n from x order by n
select n from (select name || '!' as n from people union select kind from sales) order by n
select upper(name) n from people where n like 'A%' order by n
select lower(name) as name from people order by name
