-- name: create_session :one
-- Open a session; without a time it does not expire.
insert into sessions (user_id, user_agent, ip_address, expires_at)
values (:user_id, :user_agent, :ip_address, :expires_at)
returning *;

-- name: get_session :opt
-- Look a session up, expired or not.
select * from sessions where id = :id;

-- name: get_live_session :opt
-- Look a session up that has not expired.
select * from sessions
where id = :id
  and (expires_at is null or expires_at > now());

-- name: get_session_user :opt
-- Whose session it is, unless it has expired.
select
    users.id,
    users.name,
    users.email,
    users.email_verified_at,
    sessions.expires_at
from sessions
join users on users.id = sessions.user_id
where sessions.id = :id
  and (sessions.expires_at is null or sessions.expires_at > now());

-- name: list_user_sessions :many
-- A user's sessions that have not expired, the newest first.
select * from sessions
where user_id = :user_id
  and (expires_at is null or expires_at > now())
order by created_at desc, id;

-- name: list_session_counts :many
-- Every user with the number of sessions and the end of the last one to expire.
select
    users.id,
    users.email,
    count(sessions.id) as sessions,
    max(sessions.expires_at) as last_expires_at
from users
left join sessions on sessions.user_id = users.id
group by users.id, users.email
order by users.email, users.id;

-- name: extend_session :opt
-- Let a session that has not expired last longer. None when there is none.
update sessions
set expires_at = :expires_at
where id = :id
  and (expires_at is null or expires_at > now())
returning *;

-- name: delete_session :execrows
-- Log out.
delete from sessions where id = :id;

-- name: delete_user_sessions :execrows
-- Log a user out everywhere.
delete from sessions where user_id = :user_id;

-- name: delete_other_sessions :execrows
-- Log a user out everywhere but here.
delete from sessions
where user_id = :user_id
  and id <> :id;

-- name: delete_expired_sessions :execrows
-- Forget the sessions that have expired by a moment.
delete from sessions where expires_at <= :moment;
