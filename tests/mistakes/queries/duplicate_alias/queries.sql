-- name: pairs :many
select 1 as one from users as u join orders as u on true;
