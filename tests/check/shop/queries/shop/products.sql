-- name: search :many
select id, name, price, stock
from products
where name = :name
  and (price < :most? or :most? is null)
order by id
limit :count;

-- name: add_tag :exec
insert into tags (name, product_id) values (:name, :product_id)
on conflict do nothing;

-- name: drop_tags :exec
delete from tags where product_id = :product_id;

-- name: names :one
select count(*) as total, max(name) as last from products;

-- name: ages :many
select id, extract(year from created_at)::integer as year from users;

-- name: ages :many
-- dialect: sqlite
select id, cast(strftime('%Y', created_at) as integer) as "year!" from users;
