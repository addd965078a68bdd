-- name: create_system :one
insert into systems (user_id, name, description)
values (:user_id, :name, :description)
returning *;

-- name: get_system :opt
select * from systems where id = :id;

-- name: get_system_owner :opt
-- A system with the name of the account that it belongs to.
select s.id, s.name, u.id as user_id, u.username
from systems s
join users u on u.id = s.user_id
where s.id = :id;

-- name: list_systems :many
select * from systems order by name, id limit :limit offset :offset;

-- name: list_user_systems :many
-- The systems of an account, with how many alters, groups and subsystems they have.
select
    s.id,
    s.name,
    s.description,
    count(distinct a.id) as alters,
    count(distinct g.id) as groups,
    count(distinct p.id) as subsystems
from systems s
left join alters a on a.system_id = s.id
left join groups g on g.system_id = s.id
left join subsystems p on p.system_id = s.id
where s.user_id = :user_id
group by s.id
order by s.name, s.id;

-- name: count_systems :one
select count(*) from systems;

-- name: update_system :one
update systems
set name = :name, description = :description, updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id
returning *;

-- name: delete_system :execrows
delete from systems where id = :id;
