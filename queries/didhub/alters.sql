-- name: create_alter :one
insert into alters (system_id, name, description, avatar_url)
values (:system_id, :name, :description, :avatar_url)
returning *;

-- name: get_alter :opt
select * from alters where id = :id;

-- name: list_alters :many
-- A page of the alters of a system.
select * from alters
where system_id = :system_id
order by name, id
limit :limit offset :offset;

-- name: search_alters :many
-- Alters of a system whose name or description holds a text, whatever the case of its letters.
select * from alters
where system_id = :system_id
  and (name like '%' || :text || '%' or description like '%' || :text || '%')
order by name, id;

-- name: list_alters_of_user :many
-- All alters of an account's systems.
select a.id, a.name, s.name as system_name
from alters a
join systems s on s.id = a.system_id
where s.user_id = :user_id
order by s.name, a.name collate nocase, a.id;

-- name: list_ungrouped_alters :many
-- The alters of a system that are in no group.
select * from alters
where system_id = :system_id
  and not exists (select 1 from alter_groups m where m.alter_id = alters.id)
order by name, id;

-- name: count_alters :one
select count(*) from alters where system_id = :system_id;

-- name: update_alter :one
update alters
set name = :name, description = :description, avatar_url = :avatar_url, updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id
returning *;

-- name: set_avatar :execrows
update alters set avatar_url = :avatar_url where id = :id;

-- name: delete_alter :execrows
delete from alters where id = :id;
