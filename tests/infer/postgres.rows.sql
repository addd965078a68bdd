-- name: populated :many
select p.id, p.home, p.spans from jsonb_populate_record(null::spots, :doc) p;
-- name: populated_set :many
select p.* from json_populate_recordset(null::address, :doc) p;
-- name: populated_from_rows :many
select p.city, s.id from spots s, jsonb_populate_record(s.home, s.doc) p;
-- name: populated_spread :many
select (jsonb_populate_record(null::address, :doc)).*;
-- name: populated_field :many
select (jsonb_populate_record(null::spots, :doc)).span;
-- name: populated_row :many
select p from jsonb_populate_record(null::address, :doc) p;
-- name: populated_with_ordinality :many
select * from jsonb_populate_recordset(null::address, :doc) with ordinality;
-- name: stored_rows :exec
insert into visits select * from jsonb_populate_recordset(null::visits, :docs);
-- name: rows_of_a_function :many
select * from all_spots() s where s.id = :id;
-- name: fields_of_a_function :many
select (home_of(s)).city, (home_of(s)).* from spots s;
-- name: lateral_fields :many
select h.* from spots s cross join lateral home_of(s) h;
-- name: table_function :many
select c.y, c.x from counted(:n) c;
-- name: out_arguments :many
select (pair(1)).*, (pair(1)).y from counted(1);
-- name: elements_that_are_rows :many
select a.city, a from unnest(:homes::address[]) a;
-- name: renamed_elements :many
select * from unnest(:homes::address[]) as a(s, c, z);
-- name: several_arrays :many
select * from unnest(array[1], array['a']) as x;
-- name: keys_as_a_row :many
select (e).*, (jsonb_each(doc)).value from spots, jsonb_each(doc) e;
-- name: ranges :many
select range_agg(span), range_agg(spans), upper(range_agg(span)), unnest(range_agg(span)) from spots;
-- name: multiranges :many
select multirange(span), lower(spans), spans @> :p, spans && span, spans * spans, span::int4multirange from spots;
-- name: elements_of_a_multirange :many
select x, lower(x) from spots, unnest(spans) x;
-- name: set_a_field :exec
update spots set home.city = :city, home.zip = :zip where id = :id;
-- name: set_an_element :exec
update spots set tags[1] = :tag, labels[(:place)] = :label, grid[1][2] = :cell;
-- name: set_a_slice :exec
update spots set tags[1:2] = :tags;
-- name: set_in_a_document :exec
update spots set doc['a'] = :value, doc[(:key)]['b'] = :other;
-- name: set_several_parts :exec
update spots set (home.zip, tags[2]) = (:zip, :tag);
-- name: insert_a_field :exec
insert into spots (id, name, home.zip, tags[1]) values (:id, :name, :zip, :tag);
-- name: insert_selected_parts :exec
insert into spots (id, name, home.zip, doc['a']) select :id, :name, :zip, :value;
-- name: conflicting_parts :exec
insert into spots (id, name) values (1, 'x') on conflict (id) do update set home.street = :street, tags[1] = :tag;
-- name: merged_parts :exec
merge into spots using visits v on v.spot_id = spots.id when matched then update set home.street = v.who, tags[1] = :t;
-- name: depth_first :many
with recursive c as (select id from spots union all select s.id from spots s join c on s.parent = c.id)
search depth first by id set step cycle id set is_cycle using path
select * from c order by step;
-- name: breadth_first :many
with recursive c as (select id from spots union all select s.id from spots s join c on s.parent = c.id)
search breadth first by id set step select id, step from c;
-- name: marked :many
with recursive c as (select id from spots union all select s.id from spots s join c on s.parent = c.id)
cycle id set state to 'again' default 'new' using path select id, state from c;
-- name: marked_by_number :many
with recursive c as (select id from spots union all select s.id from spots s join c on s.parent = c.id)
cycle id set state to 1 default 0 using path select id, state from c;
-- name: from_xml :many
select * from xmltable('/a' passing :page columns n for ordinality, b integer path '@b');
-- name: arrays_over_domains :many
select labels, labels[1], array_append(labels, :label), labels = :labels as same, array_cat(labels, labels) from spots;
-- name: frames :many
select sum(id) over (order by day range :span preceding),
    sum(id) over (order by weight range between :low preceding and :high following),
    sum(id) over (order by id range :near preceding),
    sum(id) over (order by id rows :rows preceding) from spots;
-- name: cells :many
select grid[1][2], grid[1:2][1:1] from spots;
