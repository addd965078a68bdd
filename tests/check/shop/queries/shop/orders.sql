-- name: orders_of :many
select o.id, o.state, u.email, u.name
from orders o
join users u on u.id = o.user_id
where o.user_id = :user_id
order by o.id;

-- name: totals :many
with sums as (
    select l.order_id, sum(l.quantity * p.price) as total
    from lines l
    join products p on p.id = l.product_id
    group by l.order_id
)
select o.id, s.total
from orders o
left join sums s on s.order_id = o.id
where o.user_id = :user_id;

-- name: place_order :one
insert into orders (user_id, note) values (:user_id, :note) returning id, placed_at;

-- name: pay :execrows
update orders set state = 'paid' where id = :id and state = :state;
