-- name: list_users :many
select nme, agge from users where emial = :email;
