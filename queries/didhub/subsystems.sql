-- name: create_subsystem :one
insert into subsystems (system_id, name, description, color)
values (:system_id, :name, :description, :color)
returning *;

-- name: get_subsystem :opt
select * from subsystems where id = :id;

-- name: list_subsystems :many
select s.id, s.name, s.color, count(m.alter_id) as members
from subsystems s
left join subsystem_members m on m.subsystem_id = s.id
where s.system_id = :system_id
group by s.id
order by s.name, s.id;

-- name: update_subsystem :one
update subsystems
set name = :name, description = :description, color = :color, updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id
returning *;

-- name: delete_subsystem :execrows
delete from subsystems where id = :id;

-- name: add_member :one
-- Put an alter into a subsystem, or change its role there.
insert into subsystem_members (subsystem_id, alter_id, role)
values (:subsystem_id, :alter_id, :role)
on conflict (subsystem_id, alter_id) do update set role = excluded.role
returning *;

-- name: add_plain_member :exec
-- Put an alter into a subsystem, in the role that it has when none is said.
insert into subsystem_members (subsystem_id, alter_id) values (:subsystem_id, :alter_id);

-- name: remove_member :execrows
delete from subsystem_members where subsystem_id = :subsystem_id and alter_id = :alter_id;

-- name: list_members :many
select a.id, a.name, m.role
from subsystem_members m
join alters a on a.id = m.alter_id
where m.subsystem_id = :subsystem_id
order by a.name, a.id;

-- name: list_subsystems_of_alter :many
select s.id, s.name, m.role
from subsystems s
join subsystem_members m on m.subsystem_id = s.id
where m.alter_id = :alter_id
order by s.name, s.id;

-- name: count_roles :many
-- How many alters have each role in the subsystems of a system.
select m.role, count(*) as members
from subsystem_members m
join subsystems s on s.id = m.subsystem_id
where s.system_id = :system_id
group by m.role
order by members desc, m.role;
