-- Every query has a name and a command, which says what its method returns.
-- The comment lines under the name become the docstring.

-- name: create_project :one
-- Add a project, and return it as it was stored.
insert into projects (name) values (:name)
returning *;

-- name: get_project :one
-- A project by id. `:one` raises NoRowError when there is none.
select * from projects where id = :id;

-- name: find_project :opt
-- A project by name, or None.
select * from projects where name = :name;

-- name: list_projects :many
-- All projects, each with the number of its tasks that are still open.
select p.id, p.name, count(t.id) as open_tasks, min(t.due_on) as next_due_on
from projects as p
left join tasks as t on t.project_id = p.id and not t.done
group by p.id, p.name
order by p.name;

-- name: rename_project :exec
-- Give a project another name.
update projects set name = :name where id = :id;
