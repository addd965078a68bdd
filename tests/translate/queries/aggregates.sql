select count(*), count(small), count(distinct kind), count(distinct price), count(distinct loose), count(distinct rate) from sales
select sum(qty), sum(big), sum(small), sum(price), sum(rate), sum(loose), sum(price * qty), sum(distinct qty) from sales
select avg(qty), avg(big), avg(price), avg(rate), avg(price * 2), avg(ratio), avg(small) from sales
select min(price), max(price), min(rate), max(loose), min(qty), max(kind), min(sold), max(noted), min(ratio) from sales
select bool_and(active), bool_or(verified), every(verified), min(name), max(seen), sum(pause), max(pause) from people
select sum(qty), sum(price), avg(price), count(*), max(kind) from sales where false
select kind, count(*), sum(price), avg(price), sum(big) from sales group by kind order by kind
select kind, person is null, count(*) from sales group by 1, 2 order by 1, 2
select kind as k, sum(price) filter (where qty > 0), count(*) filter (where small is null), avg(rate) filter (where qty < 0) from sales group by k order by k
select person, sum(price) as total from sales group by person having sum(price) > 100 order by total desc, person
select price, count(*) from sales group by price order by price
select loose * 2, count(*) from sales group by loose * 2 order by 1
select date_trunc('month', noted), count(*) from sales group by 1 order by 1
select sold, sum(price) from sales group by sold order by sold desc
select kind, string_agg(qty::text, ',' order by qty, id), string_agg(distinct kind, '-') from sales group by kind order by kind
select string_agg(kind, ', ' order by id desc) filter (where qty > 0), string_agg(kind, ',') from sales where id < 3
select sum(price) / count(*), sum(price) / nullif(count(*), 0), sum(qty) / count(*), sum(qty) / 2 from sales
select sum(case when qty > 0 then price else 0 end), sum(case when active then 1 else 0 end) from sales, people where people.id = sales.person
select round(avg(price), 2), round(avg(qty), 1), avg(qty)::float8, coalesce(sum(price), 0), avg(price)::numeric(10, 2) from sales
select distinct kind from sales order by kind
select distinct price, qty > 0 from sales
select distinct loose * 1.0, rate from sales
select distinct price + rate from sales
select id, row_number() over (order by price, id), rank() over (order by price desc), dense_rank() over (partition by kind order by qty) from sales
select id, sum(price) over (partition by kind order by id), sum(qty) over w, avg(price) over w, count(*) over () from sales window w as (partition by person order by sold, id) order by id
select id, lag(price) over (order by id), lead(qty, 2, 0) over (order by id), first_value(kind) over (order by sold, id), last_value(price) over (order by id rows between unbounded preceding and unbounded following) from sales
select id, ntile(4) over (order by id), percent_rank() over (order by qty), cume_dist() over (order by qty), nth_value(kind, 2) over (order by id) from sales
select id, sum(qty) over (order by id rows between 2 preceding and 1 following), sum(price) over (order by id rows 3 preceding), max(price) over (order by id rows between 1 preceding and current row), min(rate) over (order by id groups between 1 preceding and current row exclude current row) from sales
select id, sum(qty) over (order by qty range between 2 preceding and 2 following) from sales
select id, rank() over (order by small desc, noted), row_number() over (partition by price order by rate nulls first, id) from sales
select id, row_number() over (order by mood, past_mood desc, id), rank() over (partition by mood order by nick) from people
select sum(price) filter (where qty > 0) over (partition by kind) from sales
