-- name: add_customer :one
insert into customers (name, email, born, since, active, rating, settings)
values (:name, :email, :born, :since, :active, :rating, :settings)
returning *;

-- name: add_order :one
insert into orders values (:id, :customer_id, :status, :total, :discount, :placed, :opens, :sent, :tags) returning *;

-- name: add_line :one
insert into lines values (:order_id, :number, :product, :price, :amount, :weight, :picked, :facts) returning *;

-- name: add_note :one
insert into notes (order_id, text, weight) values (:order_id, :text, :weight) returning *;
