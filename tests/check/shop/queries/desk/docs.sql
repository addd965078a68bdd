-- name: labelled :many
select id, title, labels from docs where labels && :labels;

-- name: write :one
insert into docs (title, pages) values (:title, int4range(:first, :last)) returning *;

-- name: discounted :one
select discount(:price, :percent) as price;
