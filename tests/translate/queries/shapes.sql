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
