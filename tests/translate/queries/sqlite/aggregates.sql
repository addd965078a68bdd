select count(*), count(small), count(distinct kind), count(distinct price), count(distinct small), count(qty > 3) from sales
select sum(qty), sum(small), sum(qty * 2), sum(distinct qty), sum(qty > 0), total(qty), total(small), total(ratio) from sales
select avg(qty), avg(small), avg(qty > 0), sum(id) * 1.0 / count(*) from sales
select min(price), max(price), min(qty), max(kind), min(sold), max(noted), min(ratio), max(rate) from sales
select min(name), max(nick), min(active), max(verified), max(seen), min(uid), max(name || 'x') from people
select sum(qty), avg(qty), total(qty), count(*), max(kind), group_concat(kind) from sales where id < 0
select kind, count(*), sum(qty), avg(small) from sales group by kind order by kind
select kind as k, count(*) as n from sales group by k having n > 3 order by n desc, k
select kind, person is null, count(*) from sales group by 1, 2 order by 1, 2
select kind || '!' as k, sum(qty) as total from sales where qty > 0 group by kind || '!' order by total, k
select kind, sum(qty) filter (where qty > 0), count(*) filter (where small), group_concat(id) filter (where id < 0) from sales group by kind order by kind
select person, sum(qty) as total from sales group by person having sum(qty) > 10 order by total desc, person
select person, count(*) from sales group by person order by person
select person, count(*) from sales group by person order by person desc
select sold, sum(qty) from sales group by sold order by sold desc
select qty % 3, count(*) from sales group by qty % 3 order by qty % 3
select active, verified, count(*) from people group by active, verified order by active desc, verified
select group_concat(kind), group_concat(id, '-') from (select * from sales where id < 9 order by id)
select kind, group_concat(qty, ', ') from (select * from sales order by kind, id) group by kind order by kind
select group_concat(distinct kind) from sales where kind = 'new'
select distinct kind from sales order by kind
select distinct kind, qty > 0 as up from sales order by up, kind desc
select distinct kind || 'x' as k from sales order by k
select distinct price from sales
select p.id, p.name, count(s.id), coalesce(sum(s.qty), 0) from people p left join sales s on s.person = p.id group by p.id order by p.id
select sum(case when qty > 0 then 1 else 0 end), sum(iif(qty > 0, qty, 0)), count(case when qty > 0 then 1 end) from sales
select id, row_number() over (order by qty, id), rank() over (order by qty desc), dense_rank() over (partition by kind order by qty) from sales
select id, sum(qty) over (partition by kind order by id), count(*) over (), avg(qty) over w, max(kind) over w from sales window w as (partition by person order by sold, id) order by id
select id, lag(qty) over (order by id), lead(qty, 2, 0) over (order by id), first_value(kind) over (order by sold, id), last_value(qty) over (order by id rows between unbounded preceding and unbounded following) from sales
select id, ntile(4) over (order by id), percent_rank() over (order by qty), cume_dist() over (order by qty), nth_value(kind, 2) over (order by id) from sales
select id, sum(qty) over (order by id rows between 2 preceding and 1 following), max(qty) over (order by id rows 3 preceding), sum(qty) over (order by qty range between 2 preceding and 2 following) from sales
select id, rank() over (order by small desc, noted), row_number() over (partition by kind order by small, id) from sales
select max(total) from (select sum(qty) as total from sales group by kind)
select "count(*)", k from (select kind as k, count(*) from sales group by kind) order by k
select coalesce(rate, 0), case when qty > 0 then price else 0 end, min(price, 1) from sales
select count(*), active from people group by active having count(*)
select kind, max(id) filter (where qty > 0) as m from sales group by kind order by m desc, kind
select sum(active), max(active) + 1, avg(active), total(verified), count(distinct active) from people
