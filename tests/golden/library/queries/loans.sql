-- name: add_member :one
insert into members (name) values (:name) returning *;

-- name: set_language :exec
update members set preferences = json_set(preferences, '$.language', :language) where id = :id;

-- name: get_member :opt
select * from members where id = :id;

-- name: lend :one
insert into loans (member_id) values (:member_id) returning *;

-- name: lend_at :one
insert into loans (member_id, out_at, seen_at, opens) values (:member_id, :out_at, :seen_at, :opens) returning *;

-- name: find_loan :opt
select * from loans where member_id = :member_id and out_at = :out_at and seen_at = :seen_at and opens = :opens
limit 1;

-- name: list_loans_at :many
select id from loans where out_at in (:moments) order by out_at, id;

-- name: list_loans_since :many
select id from loans where out_at >= :moment order by out_at, id;

-- name: give_back :execrows
update loans set back_at = current_timestamp where out_at = :out_at and back_at is null;
