select a from t for update
insert into t (a) values (1) on duplicate key update a = 2
select distinct on (a) a from t
select a::text from t
select a from t fetch first 3 rows only
select * from t lateral
select * from t cross join lateral (select 1) x
select array[1,2]
select row(1,2)
select count(*) filter (where a > 1) from t
select group_concat(b separator ',') from t
select percentile_cont(0.5) within group (order by a) from t
select a from t group by rollup (a)
select a from t group by grouping sets ((a), ())
select cast(a as decimal(10,2)) from t
select interval '1 day'
select date '2020-01-01'
select timestamp '2020-01-01'
select extract(year from b) from t
select substring(b from 1 for 2) from t
select position('a' in b) from t
select trim(both 'x' from b) from t
select overlay(b placing 'x' from 1) from t
select a from t tablesample system (10)
select * from t natural join u
select a from t intersect all select a from u
select a from t except all select a from u
update t set a = 1 from u where u.a = t.a
update t, u set t.a = 1
update only t set a = 1
delete from t using u where t.a = u.a
delete t from t join u on t.a = u.a
delete from only t
merge into t using u on t.a = u.a when matched then delete
select a ilike 'x' from t
select b similar to 'x' from t
select b ~ 'x' from t
select a is distinct from 1 from t
select a is unknown from t
select a is true from t
select a = any (select 1) from t
select a > all (select 1) from t
select a from t where (a, b) in (select a, d from u)
select a from t where a between symmetric 1 and 2
select b collate "C" from t
select b at time zone 'utc' from t
select a from t window w as (partition by a)
select row_number() over w from t window w as (order by a)
select a, b from t as x (p, q)
select * from (values (1, 2)) as v (x, y)
values (1, 2), (3, 4)
table t
select * from t join u using (a)
select u.* from t full join u on true
with x as materialized (select 1) select * from x
with x as (insert into t values (1) returning a) select * from x
insert into t default values
insert into t overriding system value values (1,'a',2)
insert or ignore into t values (1, 'a', 2.0)
replace into t values (1, 'a', 2.0)
insert ignore into t values (1,'a',2)
insert into t values (1,'a',2) returning a
insert into t (a) values (default)
update t set a = default
update t set (a, b) = (1, 'x')
update t set (a, b) = (select 1, 'x')
update t set a = 1 order by a limit 1
delete from t where a = 1 limit 1
select json_object('a': 1)
select json_object(key 'a' value 1)
select b ->> '$.x' from t
select b -> 'x' from t
select a <=> 1 from t
select a div 2 from t
select a mod 2 from t
select a xor 1 from t
select a && 1 from t
select a ** 2 from t
select a ^ 2 from t
select !a from t
select ifnull(a, 1) from t
select e'x'
select U&'x'
select x'00'
select $$x$$
select 'a' 'b'
select a from t where exists select 1
select case when 1 then 2
select current_user
select localtime
select now()
select nosuch(1)
select greatest(1, 2)
select length(b, 1) from t
select abs() from t
select max(a, 1) from t
select sum(distinct a, b) from t
select count(distinct a, b) from t
select a b c from t
select from t
select all a from t
select a from t use index (x)
select a from t not indexed
select * from json_each('[1]')
select * from unnest(array[1])
explain select 1
lock table t
truncate t
notify x
do $$ begin end $$
pragma foreign_keys
vacuum
begin
set x = 1
select a from t join u on max(t.a) > 1
select a from t where exists (select 1 from u having max(t.a) > 1)
select count(*) filter (where max(a) > 1) from t
values (max(1))
update t set b = max(b)
select a, (select max(u.a) from u where u.a = t.a) from t
select max(a) from t having (select max(t.a)) > 1
select sum(max(a)) over () from t group by b
select max(sum(a) over ()) from t
select sum(sum(a) over ()) over () from t
select a from t where row_number() over () = 1
select a from t group by row_number() over ()
select a from t having row_number() over () = 1
select row_number() over nowhere from t
select row_number() over w from t window w as (order by a)
select a from t having a > 1
select 1 from t having count(*) > 1
select max(a) from t having max(a) > 1
select a from t join u using (a) cross join t as v
select t.a from t join u using (a) cross join t as v
select 1 from t as x, u as x
select x.d from t as x, u as x
select x.a from t as x, u as x
update t set b = 'x', b = 'y'
insert into t (a, a) values (1, 2)
update t as x set b = 'y' returning x.b
update t as x set b = 'y' returning t.b
delete from t as x returning x.a
select distinct a from t for update
select a from t group by a for update
select count(*) from t for update
select row_number() over () from t for update
select x.a from (select distinct a from t) as x for update
select a from t order by 'x'
select a from t order by 1.5
select a from t group by null
select distinct on (true) a from t
select distinct on (-1.5) a from t
select a, (select a, d from u limit 1) from t
select a from t where (select a, d from u limit 1) = (1, 'x')
select coalesce((select a, d from u limit 1), 1) from t
select b, (select max(u.a) from u where u.d = t.b) from t group by b
select b, (select max(u.a) from u where u.a = t.a) from t group by b
select a, b from t group by grouping sets ((a), (b))
select b from t group by grouping sets ((a, c), (a))
select b from t group by grouping sets ((a, c), (c))
select t.a from t join u using (a) group by t.b having max(a) > a
with recursive r (n) as (select a from t union all select n + 1.5 from r where n < 3) select n from r
with recursive r (n) as (select a from t union all select n + 1 from r where n < 3) select n from r
select array[a] = array[1] from t
select array[a] = array[1::bigint] from t
select to_jsonb('x')
select to_jsonb('x'::text)
select to_jsonb(null)
select percentile_disc(0.5) within group (order by (select 'x')) from t
select u.a from t join u on (b = d) join t as v on true
select a from t join u on (d = b) join u as v on true
insert into t (a, b) values (max(1), 'x')
insert into t (a, b) values (max(1), 'x'), (2, 'y')
insert into t (a, b) values (first_value(1) over (), 'x')
update t set b = 'x' from u where max(u.a) > 1
update t set b = 'x' from u join u as v on max(u.a) > 1
select ((select 1, 2) + 1)
select ((select 1, 2) < (select 1, 2))
select array(select a, b from t)
select t.a, (select t.a from u as t) from t
select t.a, (select t.b from u as t) from t
select t.a from t join t as t using (a)
select t.b from t join t as t using (a)
select case when a = 1 then (select 1, 2) end from t
select case when a = 1 then 2 else (select 1, 2) end from t
select case when (select 1, 2) then 2 end from t
select t.a from t join u using (a) group by u.a
select a from t join u using (a) group by t.a
select a from t join u using (a) group by u.a
select a from t left join u using (a) group by t.a
select a from t right join u using (a) group by u.a
select a, b from t join u using (a) group by a
select b from t join u using (a) group by u.a
select a from t where (select a, d from u) = a
select a from t where (select a, d from u) = (1, 'x')
insert into t (a, b) values (1, 'x') on conflict (b) do nothing
