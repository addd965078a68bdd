-- name: add_task :execlastid
-- Add a task, and return its id.
insert into tasks (project_id, title, due_on) values (:project_id, :title, :due_on);

-- name: list_tasks :many
-- The tasks of a project, those that are due first before the others.
select * from tasks
where project_id = :project_id
order by due_on is null, due_on, id;

-- name: count_tasks :one
-- The number of tasks. A query of one column returns the value itself.
select count(*) from tasks;

-- name: finish_tasks :execrows
-- Mark tasks as done, and return how many there were. A parameter in IN takes a sequence.
update tasks set done = true where id in (:ids) and not done;

-- name: delete_finished :execrows
-- Remove what is done.
delete from tasks where done;
