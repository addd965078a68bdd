insert into visits (id, who) values (1, 'a') on conflict do update set who = 'b'
insert into visits (id, who) values (1, 'a') on conflict do nothing
insert into visits (id, who) values (1, 'a') on conflict (id) do update set who = excluded.who
select distinct name from spots order by weight
select distinct name from spots order by lower(name)
select distinct lower(name) from spots order by lower(name)
select distinct lower(name) as folded from spots order by folded
select distinct name from spots order by spots.name desc nulls last
select distinct name from spots order by name::text
select distinct weight != 1 from spots order by weight <> 1
select distinct (home).city from spots order by (home).city
select distinct home from spots order by (home).city
select distinct count(*) from spots group by parent order by parent
select distinct count(*) from spots group by parent order by count(*)
select distinct s.id from spots s join visits v using (id) order by id
select distinct on (parent) parent, name from spots order by name
select distinct on (parent) parent, name from spots order by parent, name
select distinct on (parent, name) id from spots order by name, parent, id
select distinct on (parent, name) id from spots order by name
select distinct on (parent, name) id from spots order by name, id, parent
select distinct on (parent, name) id from spots order by name, id
select distinct on (1) parent, id from spots order by parent, 2
select array_agg(distinct id order by name) from spots
select array_agg(distinct id order by id desc) from spots
select string_agg(distinct name, ',' order by name) from spots
select string_agg(distinct name, ',' order by name, ',') from spots
with c as (delete from visits) select * from c
with c as (delete from visits) select 1
with c as (delete from visits returning id) select * from c
with c as (update visits set who = 'x') update spots set name = 'y' from c
select (with c as (delete from visits returning id) select count(*) from c)
insert into visits (id, who) with c as (delete from visits returning *) select id, who from c
with c as (delete from visits returning *) insert into visits (id, who) select id, who from c
select row_number() from spots
select lag(id) from spots
select lag(id) over (order by id) from spots
select rank(1) within group (order by id) from spots
select lower(name) over () from spots
select lower(distinct name) from spots
select lower(name) filter (where true) from spots
select count() from spots
select count(*) filter (where id > 1) over () from spots
select count(distinct id) over () from spots
select max(id order by id) over () from spots
select row_number() filter (where true) over () from spots
select percentile_cont(0.5) within group (order by id) over () from spots
select id from spots where generate_series(1, 2) = 1
select id from spots where unnest(tags) = 'x'
select id from spots where 'x' in (select unnest(tags))
select count(*) from spots having generate_series(1, 2) = 1
select case when true then generate_series(1, 2) end
select case when true then (select max(n) from generate_series(1, 2) n) end
select coalesce(generate_series(1, 2), 1)
select greatest(generate_series(1, 2), 1) + 1
select generate_series(1, generate_series(1, 2))
select sum(generate_series(1, 2))
select lag(generate_series(1, 2)) over ()
select row_number() over (order by generate_series(1, 2))
select generate_series(1, 2) in (1, 2)
select 1 in (generate_series(1, 2))
select generate_series(1, 2) between 1 and 2
select unnest(tags), count(*) from spots group by unnest(tags) order by unnest(tags)
select id from spots limit generate_series(1, 2)
select * from spots join visits on generate_series(1, 2) = 1
select * from abs(generate_series(1, 2))
values (generate_series(1, 2))
insert into visits (id, who) values (generate_series(1, 2), 'x')
insert into visits (id, who) values (generate_series(1, 2), 'x'), (3, 'y')
update visits set count = generate_series(1, 2)
update visits set count = (select max(n) from generate_series(1, 2) n)
delete from visits returning generate_series(1, 2)
select raw from spots order by raw
select raw from spots group by raw
select distinct raw from spots
select distinct on (id) raw from spots
select distinct doc from spots order by doc
select place from spots union select place from spots
select place from spots union all select place from spots
select page from spots intersect select page from spots
select count(distinct place) from spots
select array_agg(id order by raw) from spots
select row_number() over (partition by raw) from spots
select row_number() over (order by place) from spots
select row_number() over (order by doc) from spots
select greatest(raw, raw) from spots
select array[raw] from spots order by 1
select distinct s from spots s
select distinct v from visits v
select distinct home from spots order by home
select xmin from spots order by xmin
select distinct xmin from spots
select raw = raw from spots
select doc = doc from spots
select (id, weight) = ('x') from spots
select (id, weight) = (1) from spots
select (id, weight) = (1, 2) from spots
select (id, weight) = (1, 2, 3) from spots
select (id, weight) + (1, 2) from spots
select row() = row()
update plain set name = 'x'
update above set name = 'x'
update computed set id = 1
update computed set more = 1
insert into computed (id) values (1)
insert into computed (id, more) values (1, 2)
insert into computed values (1, 2)
update grouped set parent = 1
delete from grouped
update apart set name = 'x'
delete from joined
insert into either (id) values (1)
update first set id = 1
update ranked set id = 1
update spread set id = 1
insert into kept (id) values (1)
update guarded set who = 'x'
delete from guarded
update ruled set who = 'x'
delete from ruled
merge into visits using spots on visits.id = spots.id when matched then insert values (1)
merge into visits using spots on visits.id = spots.id when matched then update set count = spots.id + visits.count
merge into visits using spots on visits.id = spots.id when not matched then delete
merge into visits using spots on visits.id = spots.id when not matched then insert (id, who) values (spots.id, name)
merge into visits using spots on visits.id = spots.id when not matched then insert (id, who) values (id, 'x')
merge into visits using spots on visits.id = spots.id when not matched then insert (id, who) values (visits.id, 'x')
merge into visits using spots on visits.id = spots.id when not matched then insert (id, who) values (1)
merge into visits using spots on visits.id = spots.id when not matched then insert (id, id) values (1, 2)
merge into visits using spots on visits.id = spots.id when matched then delete when matched then do nothing
merge into visits using spots on visits.id = spots.id when matched and who = 'x' then delete when matched then do nothing
merge into visits using spots on visits.id = spots.id when matched then update set visits.who = 'x'
merge into visits using spots on visits.id = spots.id when matched then update set count = max(spots.id)
select s.id from spots s full join visits v on v.id = s.id for update
select case when true then 1 when 2 = any (select v.id from spots s full join visits v on v.id = s.id for update) then 2 end from spots
select id from spots for update of nope
select id from spots s for update of spots
select id from spots s, visits for share of s
select id from spots for update of public.spots
with c as (select 1 as id) select name from spots, c for update of c
with c as (select 1 as id) select name from spots, c for update
select * from generate_series(1, 2) g for update of g
select parent from spots group by parent for update
select distinct id from spots for update
select count(*) from spots for update
select generate_series(1, 2) from spots for update
select id from spots union select id from visits for update
(select id from spots for update) union all select id from visits
with w as (select v.id from spots s left join visits v on v.spot_id = s.id for update) select 1 as one
select s.id from spots s left join visits v on v.spot_id = s.id for update
select s.id from spots s left join visits v on v.spot_id = s.id for update of s
select s.id from spots s left join visits v on v.spot_id = s.id where s.id = 1 for update of v
select s.id from spots s left join visits v on v.spot_id = s.id where v.id = 1 for update of v
select id from (select distinct id from spots) s for update of s
select id from plain for update
select parent from grouped for update
select id from either for update
select id from kept for update
with recursive c as (select 1 as n union all select max(n) from c) select n from c
with recursive c as (select 1 as n union all select max(m) from (select n + 1 as m from c) s) select n from c
with recursive c as (select 1 as n union all select n + 1 from c) select max(n) from c
with recursive c as (select 1 as n union all select n + 1 from c order by n) select n from c
with recursive c as (select 1 as n union all (select n + 1 from c order by n limit 1)) select n from c
with recursive c as (select 1 as n union all select n + 1 from c limit 3) select n from c
with recursive c as (select 1 as n union all select id from spots left join c on true) select n from c
with recursive c as (select 1 as n union all select id from c left join spots on true) select n from c
with recursive c as (select 1 as n union all select c.n from c, c as d) select n from c
with recursive c as (select 1 as n union all select id from spots where id in (select n from c)) select n from c
with recursive c as (select 1 as n union all select id from spots where exists (select from visits)) select n from c
with recursive c as (select 1 as n intersect select n from c) select n from c
with recursive c as (select 1 as n union all (select 3 except select n from c)) select n from c
with recursive c as (select 1 as n union all (select n from c except select 3)) select n from c
with recursive c as (select 1 as n) search depth first by n set o select n from c
with recursive c as (select 1 as n union all select n + 1 from c) search depth first by m set o select n from c
with recursive c as (select 1 as n union all select n + 1 from c) cycle n set m to 1 default true using p select n from c
select * from json_to_recordset('[]')
select * from json_to_recordset('[]') as x(a integer)
select * from anything()
select * from anything() as x(a integer, b integer)
select sum(id) over (rows between unbounded following and current row) from spots
select sum(id) over (rows between current row and 1 preceding) from spots
select sum(id) over (rows 1 following) from spots
select sum(id) over (rows between 2 preceding and 1 preceding) from spots
select sum(id) over (range 1 preceding) from spots
select sum(id) over (order by id, name range 1 preceding) from spots
select sum(id) over (order by id range 1 preceding) from spots
select sum(id) over (order by name range 1 preceding) from spots
select sum(id) over (order by day range 1 preceding) from spots
select sum(id) over (order by day range '1 day' preceding) from spots
select sum(id) over (order by id range 1.5 preceding) from spots
select sum(id) over (groups 1 preceding) from spots
select sum(id) over (order by id groups 1 preceding) from spots
select sum(id) over (rows id preceding) from spots
select sum(id) over (w order by name) from spots window w as (order by id)
select sum(id) over (w order by name) from spots window w as (partition by id)
select sum(id) over (w) from spots window w as (order by id rows 1 preceding)
select sum(id) over w from spots window w as (order by id rows 1 preceding)
select 1 from spots window w as (order by id), w as (order by name)
select 1 from spots window v as (w), w as (order by id)
select 1_000
select 1x
select 1.5x
select 0x1F
select id from spots where id>1and id<3
select 1.5, .5, 1., 1e5, 1.5e-3
select unnest('a')
select lower('[1,2)')
update spots set home.city = 1, home.zip = 2
update spots set home.zip = 'x'
update spots set home.nope = 1
update spots set name.city = 'x'
update spots set tags[1] = 'a', tags[2] = 'b'
update spots set tags = '{}', tags[2] = 'b'
update spots set name[1] = 'x'
update spots set doc['a'] = '1', doc['b']['c'] = 'null'
update spots set raw['a'] = '1'
update spots set (parent, name) = (select 1, 'x')
update spots set (parent, name) = (select '1', 'x')
select grid[1][2], tags[1] from spots
