-- name: sales_by_month_rolled_up :many
select date_trunc('month', o.placed_at) as month, g.name as org, count(distinct u.id) as buyers, sum(o.total) as sold,
    avg(o.total) as mean, stddev_samp(o.total) as spread, grouping(date_trunc('month', o.placed_at), g.name) as level
from orders o join users u on u.id = o.user_id join orgs g on g.id = u.org_id
where o.placed_at >= :since::date - interval '12 months' and o.placed_at < :since::date + 1
group by rollup (date_trunc('month', o.placed_at), g.name)
order by level desc, month nulls last, org;

-- name: rank_within_level :many
select *
from (
    select g.name as org, u.mood, sum(o.total) as sold, grouping(g.name) + grouping(u.mood) as level,
        rank() over (
            partition by grouping(g.name) + grouping(u.mood), case when grouping(u.mood) = 0 then g.name end
            order by sum(o.total) desc
        ) as place
    from orders o, users u, orgs g
    where o.user_id = u.id and u.org_id = g.id
    group by rollup (g.name, u.mood)
) ranked
order by level desc, case when level = 0 then org end, place
limit 100;

-- name: share_of_org :many
select u.org_id, u.id, sum(o.total) as spent, sum(o.total) * 100 / sum(sum(o.total)) over (partition by u.org_id) as share,
    sum(sum(o.total)) over (partition by u.org_id order by u.id rows unbounded preceding) as so_far,
    max(count(*)) over () as busiest
from users u join orders o on o.user_id = u.id
group by u.org_id, u.id
having sum(o.total) > (select 1.2 * avg(total) from orders);

-- name: in_all_of :many
select count(*) as customers
from (
    select distinct u.name, u.born, o.placed_at::date as day from users u join orders o on o.user_id = u.id where o.total > 1
    intersect
    select distinct u.name, u.born, o.shipped from users u join orders o on o.user_id = u.id
    except
    select name, born, seen_at::date from users where not active
) common;

-- name: year_over_year :many
with years as (
    select user_id, extract(year from placed_at) as year, sum(total) as total, 'o' as kind from orders group by user_id, extract(year from placed_at)
    union all
    select o.user_id, extract(year from o.shipped), sum(l.price * l.quantity), 'l'
    from orders o left join lines l on l.order_id = o.id and l.quantity between 1 and 1 + 8
    group by o.user_id, 2
)
select first.user_id, first.year, first.total as before, second.total as after,
    case when first.total > 0 then second.total / first.total end as growth
from years first join years second on second.user_id = first.user_id and second.kind = 'l'
where first.kind = 'o' and first.year is not null and second.total > 0
    and case when first.total > 0 then second.total / first.total else null end > 0.1
order by growth desc nulls last;

-- name: weekdays_as_columns :many
select u.org_id,
    sum(case extract(dow from o.placed_at) when 0 then o.total end) as sunday,
    sum(case when extract(dow from o.placed_at) = 1 then o.total else 0 end) as monday,
    sum(case when to_char(o.placed_at, 'DY') = 'TUE' then 1 else null end) as tuesdays,
    count(case when o.shipped - o.placed_at::date > 30 and o.shipped - o.placed_at::date <= 60 then 1 end) as late,
    round(sum(o.total) filter (where o.note is null) / nullif(sum(o.total), 0), 2) as unnoted
from users u, orders o
where u.id = o.user_id
group by u.org_id;

-- name: exists_or_exists :many
select g.name, count(*) as heads, min(u.age), max(u.age), avg(u.age) as mean, stddev_samp(u.age) / nullif(avg(u.age), 0) as cov
from users u, orgs g
where u.org_id = g.id
    and exists (select * from orders o where o.user_id = u.id and o.total > 0)
    and (exists (select * from orders o where o.user_id = u.id and o.shipped is null)
        or exists (select * from lines l, orders o where l.order_id = o.id and o.user_id = u.id and l.price > 2))
group by g.name
order by 1, 2 desc;

-- name: baskets_side_by_side :many
with paid as (
    select user_id, placed_at::date as day, sum(sum(total)) over (partition by user_id order by placed_at::date) as so_far
    from orders group by user_id, placed_at::date
), sent as (
    select user_id, shipped as day, sum(count(*)) over (partition by user_id order by shipped rows between unbounded preceding and current row) as so_far
    from orders where shipped is not null group by user_id, shipped
)
select *
from (
    select user_id, day, paid, sent,
        max(paid) over (partition by user_id order by day rows between unbounded preceding and current row) as most_paid,
        max(sent) over (partition by user_id order by day) as most_sent
    from (
        select coalesce(p.user_id, s.user_id) as user_id, coalesce(p.day, s.day) as day, p.so_far as paid, s.so_far as sent
        from paid p full outer join sent s on p.user_id = s.user_id and p.day = s.day
    ) both_sides
) running
where most_paid > most_sent
order by user_id, day
limit 100;

-- name: below_their_mean :many
select o.id, o.total
from orders o
where o.total > (select avg(total) * 1.3 from orders i where i.user_id = o.user_id)
    and o.total <= all (select total from orders where shipped is null)
    and (o.user_id, o.total) in (select user_id, max(total) from orders group by user_id)
    and o.placed_at between :day::date and :day::date + interval '90 days';

-- name: moving_mean :many
select *
from (
    select u.org_id, u.name, extract(month from o.placed_at) as month, sum(o.total) as sold,
        avg(sum(o.total)) over (partition by u.org_id, u.name) as mean,
        lag(sum(o.total)) over w as before, lead(sum(o.total), 1, 0) over w as after,
        rank() over w as place
    from users u join orders o on o.user_id = u.id
    group by u.org_id, u.name, extract(month from o.placed_at)
    window w as (partition by u.org_id, u.name order by extract(month from o.placed_at))
) monthly
where case when mean > 0 then abs(sold - mean) / mean else null end > 0.1
order by sold - mean, name;

-- name: best_and_worst :many
select best.rank, a.name as best, b.name as worst
from (select id, rank() over (order by avg(total) desc) as rank from (select user_id as id, total from orders) s group by id having avg(total) > 0.9 * (select avg(total) from orders where note is null group by user_id limit 1)) best,
    (select id, rank() over (order by avg(total)) as rank from (select user_id as id, total from orders) s group by id) worst,
    users a, users b
where best.rank = worst.rank and best.rank < 11 and a.id = best.id and b.id = worst.id;

-- name: channels_rolled_up :many
with placed as (
    select user_id, sum(total) as sales, 0::numeric as returned from orders group by user_id
), returned as (
    select o.user_id, null::numeric as sales, sum(coalesce(l.price, 0) * l.quantity) as returned
    from lines l left outer join orders o on o.id = l.order_id group by o.user_id
), results as (
    select 'placed' as channel, 'user' || user_id as id, sales, returned, sales - coalesce(returned, 0) as profit from placed
    union all
    select 'returned' as channel, 'user' || user_id, sales, returned, coalesce(sales, 0) - returned from returned
)
select channel, id, sum(sales) as sales, sum(returned) as returned, sum(profit) as profit
from results
group by rollup (channel, id)
order by channel, id;

-- name: buckets :many
select case when (select count(*) from orders where total between 1 and 20) > :few then (select avg(total) from orders where total between 1 and 20)
        else (select avg(total) from orders where total between 21 and 40) end as bucket_one,
    (select count(*) from orders where total > :big) * 1.0 / (select count(*) from orders where note is not null) as ratio,
    cast((select sum(total) from orders) as numeric(15, 4)) / cast(3 as numeric(15, 4)) * 100 as third
from orgs where id = 1;

-- name: cubes_and_sets :many
select u.mood, u.active, g.mood as org_mood, count(*) as heads, sum(u.balance) as money, grouping(u.mood, u.active, g.mood) as set
from users u left join orgs g on g.id = u.org_id
group by grouping sets (cube (u.mood, u.active), (g.mood)), u.active
having count(*) > 0 and grouping(u.mood, u.active, g.mood) < 8;

-- name: median_and_modes :many
select u.org_id, percentile_cont(array[0.25, 0.5, 0.75]) within group (order by o.total::float8) as quartiles,
    percentile_cont(0.5) within group (order by o.placed_at - o.shipped) as wait,
    mode() within group (order by u.mood) as mood, corr(u.age, o.total) as together,
    count(*) filter (where o.total > all (select price from lines where price is not null)) as dear,
    rank(:total::numeric) within group (order by o.total) as hypothetical
from users u join orders o on o.user_id = u.id
group by u.org_id;

-- name: islands :many
with days as (
    select user_id, placed_at::date as day, placed_at::date - (row_number() over (partition by user_id order by placed_at::date))::int as island
    from orders group by user_id, placed_at::date
)
select user_id, min(day) as first, max(day) as last, count(*) as length, max(day) - min(day) + 1 as span,
    dense_rank() over (partition by user_id order by count(*) desc) as place
from days group by user_id, island order by user_id, first;

-- name: every_day :many
select d.day::date as day, coalesce(s.sold, 0) as sold, s.orders,
    avg(s.sold) over (order by d.day range between interval '7 days' preceding and current row) as week,
    sum(s.orders) over (order by d.day rows between 3 preceding and 3 following exclude current row) as around,
    first_value(s.sold) over (order by d.day desc) as newest, nth_value(d.day, 2) over (order by d.day) as second
from generate_series(:first::timestamptz, :last::timestamptz, interval '1 day') as d (day)
left join (
    select date_trunc('day', placed_at) as day, sum(total) as sold, count(*) as orders from orders group by 1
) s on s.day = d.day;

-- name: tree_totals :many
with recursive below (root, id, depth, path) as (
    select id, id, 0, array[id] from orgs
    union all
    select b.root, g.id, b.depth + 1, b.path || g.id from below b join orgs g on g.parent_id = b.id where g.id <> all (b.path) and b.depth < 9
), money as (
    select org_id, sum(balance) as balance, count(*) as heads from users group by org_id
)
select b.root, g.name, max(b.depth) as depth, sum(m.balance) as balance, coalesce(sum(m.heads), 0) as heads,
    string_agg(distinct b.id::text, '/' order by b.id::text) as ids
from below b join orgs g on g.id = b.root left join money m on m.org_id = b.id
group by b.root, g.name
having max(b.depth) >= :depth;

-- name: newest_of_each :many
select u.id, n.total as newest, n.placed_at, t.best, j.lines
from users u
left join lateral (select total, placed_at from orders where user_id = u.id order by placed_at desc limit 1) n on true
cross join lateral (select max(total) as best from orders where user_id = u.id and placed_at < n.placed_at) t
left join lateral (
    select jsonb_agg(jsonb_build_object('what', l.what, 'worth', l.price * l.quantity) order by l.place) as lines
    from lines l join orders o on o.id = l.order_id where o.user_id = u.id
) j on true
where not exists (select 1 from orders o where o.user_id = u.id and o.total < 0);

-- name: cohorts :many
with first as (
    select distinct on (user_id) user_id, date_trunc('month', placed_at)::date as cohort from orders order by user_id, placed_at
), activity as (
    select f.cohort, extract(year from age(o.placed_at, f.cohort)) * 12 + extract(month from age(o.placed_at, f.cohort)) as month, o.user_id
    from first f join orders o using (user_id)
)
select cohort, month::int as month, count(distinct user_id) as active,
    round(count(distinct user_id)::numeric / first_value(count(distinct user_id)) over (partition by cohort order by month), 3) as kept
from activity group by cohort, month;

-- name: merged_columns :many
select user_id, day, coalesce(a.placed, 0) + coalesce(b.shipped, 0) as events, a.placed, b.shipped, s.name
from (select user_id, placed_at::date as day, count(*) as placed from orders group by 1, 2) a
full join (select user_id, shipped as day, count(*) as shipped from orders where shipped is not null group by 1, 2) b using (user_id, day)
left join (select id as user_id, name from users) s using (user_id)
where day > date '2019-12-31' or a.placed is null;

-- name: stock_of_week :many
select what, sum(case when o.placed_at < :day::date then l.quantity else 0 end) as before,
    sum(case when o.placed_at >= :day::date then l.quantity else 0 end) as after
from lines l, orders o, users u
where l.order_id = o.id and o.user_id = u.id and l.price between 0.99 and 1.49 + 50
    and o.placed_at between (:day::date - interval '30' day) and (:day::date + interval '30' day)
    and substr(u.name, 1, 5) in ('a', 'b', :prefix) and (u.name like '%a%' or u.mood in ('sad', 'ok') and not u.age > 50)
group by what
having (case when sum(case when o.placed_at < :day::date then l.quantity else 0 end) > 0
    then sum(l.quantity) / sum(l.quantity) else null end) between 2.0 / 3.0 and 3.0 / 2.0;

-- name: never_in_both :many
select u.id, u.name, coalesce(u.name, '') || ', ' || coalesce(u.email, '') as label, r.returned
from users u
left join (select o.user_id, sum(l.quantity) as returned from orders o, lines l where l.order_id = o.id group by o.user_id) r on r.user_id = u.id
where u.id not in (select user_id from orders where note is null)
    and (r.returned is null or r.returned > any (select quantity from lines))
    and u.org_id in (select org_id from (select org_id, rank() over (partition by org_id order by sum(balance) desc) as place from users group by org_id) t where place <= 5)
order by 1;

-- name: odd_pairs :many
select a.what, b.what as other, count(*) as times, sum(a.quantity * coalesce(b.price, 0))::numeric(12, 2) as worth,
    ratio_to_all
from lines a join lines b on b.order_id = a.order_id and b.place > a.place
cross join (select count(*)::float8 / nullif(count(distinct order_id), 0) as ratio_to_all from lines) r
group by a.what, b.what, ratio_to_all
union
select what, null, count(*), null, 0 from lines group by what
order by times desc, 1;

-- name: sessions :many
select user_id, session, min(placed_at) as started, max(placed_at) - min(placed_at) as lasted, array_agg(total order by placed_at) as totals
from (
    select user_id, placed_at, total, sum(case when gap > interval '30 minutes' or gap is null then 1 else 0 end) over (partition by user_id order by placed_at) as session
    from (select user_id, placed_at, total, placed_at - lag(placed_at) over (partition by user_id order by placed_at) as gap from orders) gaps
) marked
group by user_id, session;

-- name: two_totals_in_one :many
select sum(placed) / sum(lines) as ratio, max(placed) as placed, sum(lines) as lines
from (select count(*) as placed from orders where extract(hour from placed_at) between 8 and 8 + 1) p,
    (select count(*) as lines from lines where quantity > :quantity) l;

-- name: deciles :many
select bucket, count(*) as heads, min(balance), max(balance), case when bucket = 1 then 'low' when bucket = 10 then 'high' else 'middle' end as label,
    sum(count(*)) over (order by bucket) as so_far, percent_rank() over (order by avg(balance)) as standing
from (select balance, ntile(10) over (order by balance) as bucket from users where active) s
group by bucket;
