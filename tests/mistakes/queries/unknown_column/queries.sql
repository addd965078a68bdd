-- name: list_users :many
-- Everybody.
select
    id,
    emial
from users;
