-- name: create_request :one
insert into system_requests (user_id) values (:user_id) returning *;

-- name: get_request :opt
select * from system_requests where id = :id;

-- name: latest_request :opt
-- The newest request of an account.
select * from system_requests where user_id = :user_id order by created_at desc, id desc limit 1;

-- name: list_requests :many
-- A page of the requests of a status, the oldest first.
select r.id, r.status, r.admin_notes, r.created_at, u.id as user_id, u.username
from system_requests r
join users u on u.id = r.user_id
where r.status = :status
order by r.created_at, r.id
limit :limit offset :offset;

-- name: count_requests :many
select status, count(*) as requests from system_requests group by status order by status;

-- name: decide_request :one
-- Approve or deny a request that waits.
update system_requests
set status = :status, admin_notes = :admin_notes, updated_at = strftime('%Y-%m-%d %H:%M:%f000', 'now')
where id = :id and status = 'pending'
returning *;

-- name: approve_requested :execrows
-- Approve the accounts whose newest request was approved.
update users
set is_approved = 1
where is_approved = 0
  and (
    select r.status from system_requests r
    where r.user_id = users.id
    order by r.id desc
    limit 1
  ) = 'approved';

-- name: delete_request :execrows
delete from system_requests where id = :id;
