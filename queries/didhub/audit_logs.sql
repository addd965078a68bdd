-- name: record_action :one
insert into audit_logs (user_id, action, entity_type, entity_id, details, ip_address, user_agent)
values (:user_id, :action, :entity_type, :entity_id, :details, :ip_address, :user_agent)
returning *;

-- name: import_action :exec
-- Bring in something that was recorded elsewhere, with its time.
insert into audit_logs (user_id, action, entity_type, entity_id, details, created_at)
values (:user_id, :action, :entity_type, :entity_id, :details, :created_at);

-- name: get_action :opt
select * from audit_logs where id = :id;

-- name: list_actions :many
-- What was done, the newest first.
select a.id, a.action, a.entity_type, a.entity_id, a.details, a.created_at, u.username
from audit_logs a
left join users u on u.id = a.user_id
where a.created_at >= :since
  and a.created_at < :until
  and (:user_id? is null or a.user_id = :user_id?)
  and (:action? is null or a.action = :action?)
order by a.created_at desc, a.id desc
limit :limit offset :offset;

-- name: list_actions_before :many
-- The next page behind a place in the list.
select * from audit_logs
where created_at < :created_at or created_at = :created_at and id < :id
order by created_at desc, id desc
limit :limit;

-- name: list_entity_actions :many
select * from audit_logs
where entity_type = :entity_type and entity_id = :entity_id
order by id;

-- name: list_actions_because :many
-- What was done for a reason that its details tell.
select id, action from audit_logs
where details ->> 'reason' = cast(:reason as text)
order by id;

-- name: count_actions :many
select action, count(*) as times, count(distinct user_id) as users, max(created_at) as last_at
from audit_logs
group by action
order by times desc, action;

-- name: count_actions_by_day :many
select date(created_at) as "day!", count(*) as actions
from audit_logs
group by date(created_at)
order by date(created_at) desc;

-- name: delete_actions_before :execrows
-- Forget what was done longer ago than a number of days.
delete from audit_logs where created_at < datetime('now', '-' || cast(:days as integer) || ' days');
