-- name: few_primary_key :one
select * from things where id = 3;
-- name: few_composite_key :opt
select * from parts where thing_id = 2 and n = 1;
-- name: few_pair_of_rows :opt
select * from parts where (thing_id, n) = (2, 1);
-- name: few_other_key :opt
select * from things where b = 1 and 1 = a;
-- name: few_limit :one
select * from things limit 1;
-- name: few_aggregate :one
select max(a), count(*) from things;
-- name: few_aggregate_with_having :opt
select max(a) from things having count(*) > 3;
-- name: few_group_of_one_value :opt
select a, count(*) from things where a = 1 group by a;
-- name: few_groups_of_one_row :opt
select name, count(*) from things where id = 1 group by name;
-- name: few_distinct_values :opt
select distinct a from things where a = 1;
-- name: few_distinct_on :opt
select distinct on (a) * from things where a = 1;
-- name: few_joined_by_key :opt
select * from parts p join things t on t.id = p.thing_id where p.thing_id = 1 and p.n = 2;
-- name: few_joined_by_key_in_where :opt
select * from parts p, things t where t.id = p.thing_id and p.thing_id = 1 and p.n = 2;
-- name: few_outer_join_by_key :opt
select * from parts p left join things t on t.id = p.thing_id where p.thing_id = 1 and p.n = 2;
-- name: few_right_join_by_key :opt
select * from things t right join parts p on t.id = p.thing_id where p.thing_id = 1 and p.n = 2;
-- name: few_chain :opt
select * from things x join things y on y.id = x.a join things z on z.id = y.b where x.id = 1;
-- name: few_using :opt
select * from parts p join notes o using (thing_id, n) where p.thing_id = 1 and p.n = 1;
-- name: few_partial_index :opt
select * from things where kind = 'x' and live;
-- name: few_partial_index_without_null :opt
select * from things where code = 2;
-- name: few_expression :opt
select * from things where lower(name) = lower('A') and a = 1;
-- name: few_derived :one
select * from (select * from things where id = 1) d;
-- name: few_derived_groups :opt
select t.id, d.c from things t left join (select thing_id, count(*) as c from parts group by thing_id) d on d.thing_id = t.id where t.id = 1;
-- name: few_derived_positions :opt
select t.id, d.c from things t left join (select thing_id, count(*) as c from parts group by 1) d on d.thing_id = t.id where t.id = 1;
-- name: few_with :opt
with d as (select id, name from things) select * from d where id = 2;
-- name: few_with_distinct :opt
with d as (select distinct kind from things) select * from d where kind = 'x';
-- name: few_view :opt
select * from named where id = 1;
-- name: few_lateral :opt
select * from things t cross join lateral (select * from parts p where p.thing_id = t.id order by n limit 1) l where t.id = 1;
-- name: few_subquery_as_value :opt
select * from things where id = (select max(id) from things);
-- name: few_scalar_function :opt
select * from things t, upper('x') u where t.id = 1;
-- name: few_intersection :opt
select a from things where id = 1 intersect all select a from things;
-- name: few_remainder :opt
select a from things where id = 1 except select b from things;
-- name: few_values :one
values (1, 2);
-- name: few_updated :opt
update things set live = false where id = 1 returning *;
-- name: few_updated_from :opt
update things set live = false from parts p where p.thing_id = things.id and things.id = 1 returning things.id;
-- name: few_deleted :opt
delete from parts where thing_id = 1 and n = 1 returning *;
-- name: few_inserted :opt
insert into parts (thing_id, n) select id, 9 from things where id = 1 returning *;
-- name: few_deleted_before :opt
with gone as (delete from parts where thing_id = 1 and n = 1 returning *) select * from gone;
-- name: many_all :one
select * from things;
-- name: many_part_of_key :opt
select * from parts where thing_id = 1;
-- name: many_inequality :opt
select * from things where id >= 1;
-- name: many_either :opt
select * from things where id = 1 or id = 2;
-- name: many_in :opt
select * from things where id in (1, 2);
-- name: many_by_itself :opt
select * from things where id = id;
-- name: many_groups :opt
select a, count(*) from things group by a;
-- name: many_rollup :opt
select a, count(*) from things where a = 1 group by rollup (a);
-- name: many_join :opt
select * from things t join parts p on p.thing_id = t.id where t.id = 1;
-- name: many_outer_join :opt
select * from things t left join parts p on p.thing_id = t.id and p.thing_id = 1;
-- name: many_fixed_in_outer_join :opt
select * from parts p left join things t on t.id = p.thing_id and p.thing_id = 1 and p.n = 1;
-- name: many_full_join :opt
select * from things t full join parts p on p.thing_id = t.id and t.id = 1 and p.n = 1;
-- name: many_partial_index :opt
select * from things where kind = 'x';
-- name: many_other_expression :opt
select * from things where lower(name) = 'a';
-- name: many_volatile :opt
select * from things where id = id + (random() * 0)::int;
-- name: many_null_of_key :opt
select * from things where code is null;
-- name: many_lateral :opt
select * from things t cross join lateral (select t.id as x) l where t.id = l.x;
-- name: many_set_function :opt
select id, generate_series(1, 3) from things where id = 1;
-- name: many_from_function :opt
select * from things t, generate_series(1, 3) g where t.id = 1;
-- name: many_union :opt
select a from things where id = 1 union all select b from things where id = 1;
-- name: many_values :opt
values (1), (2);
-- name: many_updated :opt
update things set live = false where a = 1 returning *;
-- name: many_inserted :opt
insert into parts (thing_id, n) select id, 9 from things returning *;
-- name: many_view :opt
select * from named where part is not null;
-- name: many_of_children :opt
select * from parents where id = 1;
-- name: many_derived_groups :opt
select * from (select a, b, count(*) as c from things group by a, b) d where d.a = 1;
-- name: few_group_of_an_outer_join_by_where :opt
select t.id, count(*) from parts p left join things t on t.id = p.n where t.id = 1 group by t.id;
-- name: few_full_join_by_where :opt
select * from things t full join (select max(n) as n from parts) d on d.n = t.id where t.id = 1 and d.n = 1;
-- name: many_full_join_of_single_rows :opt
select * from (select max(a) as a from things) d full join (select max(n) as n from parts) e on d.a = e.n + 100;
-- name: many_full_join_of_rows_by_key :opt
select * from (things t join notes o on t.id = 1 and o.thing_id = 1 and o.n = 1) full join (select max(n) as n from parts) e on false;
-- name: many_group_of_an_outer_join :opt
select t.id, count(*) from parts p left join things t on t.id = 1 and p.n = 2 group by t.id;
-- name: many_distinct_of_an_outer_join :opt
select distinct t.a from parts p left join things t on t.id = 1 and p.n = 2;
-- name: few_view_of_groups :opt
select * from counted where id = 1;
-- name: few_group_by_position :opt
select a, count(*) from things where a = 1 group by 1;
-- name: many_group_by_position :opt
select a, count(*) from things group by 1;
-- name: many_distinct_on_position :opt
select distinct on (1) a, b from things order by 1;
-- name: many_by_what_an_outer_join_may_not_find :opt
select t.id from things t left join parts p on p.thing_id = 1 and p.n = 1 and t.b < 3 where t.a = coalesce(p.n + 1, 1);
-- name: few_by_what_an_outer_join_finds :opt
select t.id from things t left join parts p on p.thing_id = 1 and p.n = 1 and t.b < 3 where t.id = p.n + 0;
-- name: few_null_of_lone_key :opt
select * from flags where lone is null;
-- name: few_same_as_in_lone_key :opt
select * from flags where lone is not distinct from null;
-- name: many_null_of_plain_key :opt
select * from flags where n is null;
-- name: few_same_as_a_number :opt
select * from flags where n is not distinct from 3;
-- name: many_same_as_null :opt
select * from flags where n is not distinct from null;
-- name: few_null_of_wide_key :opt
select * from sets where k is null and n = 1;
-- name: few_nulls_of_wide_key :opt
select * from sets where k is null and n is null;
-- name: many_null_of_half_a_key :opt
select * from sets where k is null;
-- name: few_join_of_lone_keys :opt
select * from sets s join other_sets o on o.k is not distinct from s.k and o.n is not distinct from s.n where s.k is null and s.n = 1;
-- name: many_outer_join_of_nothing :opt
select * from sets s left join flags f on f.lone = s.k where f.lone is null;
-- name: many_full_join_of_nulls :opt
select * from flags f full join sets s on f.id = s.k + 100 where f.lone is null and s.k is null and s.n is null;
-- name: few_where_live :opt
select * from flags where k = 1 and live;
-- name: few_where_live_is_true :opt
select * from flags where k = 1 and live is true;
-- name: few_where_true_is_live :opt
select * from flags where k = 1 and true = live;
-- name: many_where_not_live :opt
select * from flags where k = 1 and not live;
-- name: many_where_live_or_not :opt
select * from flags where k = 1 and live is not null;
-- name: few_where_not_gone :opt
select * from flags where k = 1 and not gone;
-- name: few_where_gone_is_false :opt
select * from flags where k = 1 and gone = false;
-- name: many_where_not_known_to_be_gone :opt
select * from flags where k = 1 and gone is not true;
-- name: few_where_not_left :opt
select * from flags where k = 1 and left_at is null;
-- name: many_where_left :opt
select * from flags where k = 1 and left_at is not null;
-- name: few_distinct_on_outside :opt
select * from (select distinct on (a) * from things order by a, id) d where a = 1;
-- name: few_distinct_on_position_outside :opt
select * from (select distinct on (1) a, id from things) d where a = 1;
-- name: many_distinct_on_other :opt
select * from (select distinct on (a) id % 2 as odd, b from things order by a, b) d where odd >= 0;
-- name: few_first_of_each :opt
select * from (select *, row_number() over (partition by a order by id) as place from things) d where place = 1 and a = 1;
-- name: few_first_of_all :opt
select * from (select *, row_number() over (order by id) as place from things) d where place = 1;
-- name: few_first_by_named_window :opt
select * from (select *, row_number() over w as place from things window w as (partition by a)) d where place = 1 and a = 1;
-- name: few_first_joined :opt
select * from things t left join (select p.*, row_number() over (partition by thing_id order by n) as place from parts p) d on d.thing_id = t.id and d.place = 1 where t.id = 1;
-- name: many_first_of_each :opt
select * from (select *, row_number() over (partition by a order by id) as place from things) d where place = 1;
-- name: many_up_to_two_of_each :opt
select * from (select *, row_number() over (partition by a order by id) as place from things) d where place <= 2 and a = 1;
-- name: many_ranked :opt
select * from (select *, rank() over (partition by a order by kind) as place from things) d where place = 1 and a = 1;
-- name: few_groups_of_having :opt
select a, count(*) from things group by a having a = 1;
-- name: few_groups_of_having_and_where :opt
select a, kind, count(*) from things where kind = 'x' group by a, kind having a = 1 and count(*) > 0;
-- name: many_groups_of_having_count :opt
select a, count(*) from things group by a having a >= count(*) - 5;
-- name: many_groups_of_half_having :opt
select a, kind, count(*) from things group by a, kind having a = 1;
-- name: many_groups_of_their_own_count :opt
select n, count(*) from parts group by n having count(*) = n or n > 0;
-- name: few_full_join_using :opt
select * from sets s full join other_sets o using (k, n) where k = 1 and n = 2;
-- name: many_full_join_using_half :opt
select * from sets s full join other_sets o using (k, n) where k = 1;
-- name: many_full_join_using_null :opt
select * from sets s full join other_sets o using (k, n) where k is null and n is null;
-- name: few_of_a_union :opt
select * from (select a from things union select b from things) d where a = 1;
-- name: many_of_a_union_all :opt
select * from (select a from things union all select a from things) d where a = 1;
-- name: few_of_an_intersection :opt
select * from (select id from things intersect all select b from things) d where id = 1;
-- name: few_of_a_remainder :opt
select * from (select a from things except select b + 5 from things) d where a = 1;
-- name: many_of_a_remainder :opt
select * from (select a from things except all select b + 5 from things) d where a = 1;
-- name: few_of_one_partition :opt
select * from shard where id = 1;
-- name: few_of_all_partitions :opt
select * from sharded where id = 1;
-- name: few_only_parents :opt
select * from only parents where id = 1;
-- name: few_in_one :opt
select * from things where id in (1);
-- name: few_fetch_first :opt
select * from things order by id fetch first row only;
-- name: many_fetch_with_ties :opt
select * from things order by a fetch first row with ties;
-- name: few_named_group :opt
select * from (select lower(name) as called, count(*) from things group by called) d where called = 'a';
