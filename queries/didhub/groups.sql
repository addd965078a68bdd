-- name: create_group :one
insert into groups (system_id, name, description, color)
values (:system_id, :name, :description, :color)
returning *;

-- name: get_group :opt
select * from groups where id = :id;

-- name: list_groups :many
-- The groups of a system, with how many alters are in each.
select g.id, g.name, g.color, count(m.alter_id) as members
from groups g
left join alter_groups m on m.group_id = g.id
where g.system_id = :system_id
group by g.id
order by g.name, g.id;

-- name: update_group :one
update groups
set name = :name, description = :description, color = :color, updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id
returning *;

-- name: delete_group :execrows
delete from groups where id = :id;

-- name: add_alter_to_group :execrows
-- Put an alter into a group; 0 when it is in it already.
insert into alter_groups (alter_id, group_id)
values (:alter_id, :group_id)
on conflict (alter_id, group_id) do nothing;

-- name: remove_alter_from_group :execrows
delete from alter_groups where alter_id = :alter_id and group_id = :group_id;

-- name: list_group_alters :many
select a.*
from alters a
join alter_groups m on m.alter_id = a.id
where m.group_id = :group_id
order by a.name, a.id;

-- name: list_alter_groups :many
select g.*
from groups g
join alter_groups m on m.group_id = g.id
where m.alter_id = :alter_id
order by g.name, g.id;
