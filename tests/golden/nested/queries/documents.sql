-- name: list_customers :many
-- Every customer with what they have ordered.
select
    c.id,
    c.name,
    coalesce(
        (
            select json_agg(
                json_build_object(
                    'id', o.id, 'status', o.status, 'total', o.total, 'discount', o.discount, 'placed', o.placed
                )
                order by o.placed
            )
            from orders o
            where o.customer_id = c.id
        ),
        '[]'
    ) as orders
from customers c
order by c.id;

-- name: list_grouped :many
select c.id, jsonb_agg(o order by o.placed) filter (where o.id is not null) as orders
from customers c
left join orders o on o.customer_id = c.id
group by c.id
order by c.id;

-- name: list_with_gaps :many
select c.name, coalesce(json_agg(o order by o.placed), '[]') as orders
from customers c
left join orders o on o.customer_id = c.id
group by c.id, c.name
order by c.name;

-- name: all_orders :one
select json_agg(o order by o.placed desc) from orders o;

-- name: get_tree :opt
-- A customer, their orders, and the lines of these.
select
    jsonb_build_object(
        'customer', c,
        'orders', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'order', o,
                        'lines', (select jsonb_agg(l order by l.number) from lines l where l.order_id = o.id)
                    )
                    order by o.placed
                ),
                '[]'
            )
            from orders o
            where o.customer_id = c.id
        )
    ) as tree
from customers c
where c.id = :id;

-- name: list_notes :many
select o.id, row_to_json(n) as note, json_build_object('note', n, 'text', n.text, 'weight', n.weight) as again
from orders o
left join notes n on n.order_id = o.id
order by o.placed;

-- name: list_columns :one
-- Lists of values of every type.
select
    jsonb_agg(o.id order by o.placed) as ids,
    jsonb_agg(o.status order by o.placed) as statuses,
    jsonb_agg(o.total order by o.placed) as totals,
    jsonb_agg(o.discount order by o.placed) as discounts,
    jsonb_agg(o.discount order by o.placed) filter (where o.discount is not null) as given,
    jsonb_agg(o.placed order by o.placed) as placed,
    jsonb_agg(o.opens order by o.placed) as opens,
    jsonb_agg(o.sent order by o.placed) as sent,
    jsonb_agg(o.tags order by o.placed) as tags,
    jsonb_agg(c.since order by o.placed) as since,
    jsonb_agg(c.born order by o.placed) as born,
    jsonb_agg(c.active order by o.placed) as active,
    jsonb_agg(c.rating order by o.placed) as ratings,
    jsonb_agg(c.email order by o.placed) as emails
from orders o
join customers c on c.id = o.customer_id;

-- name: list_handed_on :many
with documents as (
    select o.customer_id, o.id, jsonb_agg(l order by l.number) as lines
    from orders o
    left join lines l on l.order_id = o.id
    group by o.customer_id, o.id
)
select documents.id, documents.lines, jsonb_build_object('lines', documents.lines, 'customer', c.name) as document
from documents
join customers c on c.id = documents.customer_id
order by documents.id;

-- name: list_derived :many
select json_agg(t order by t.name) as people
from (select name, email as "E-Mail", rating, born is null as ageless from customers) t;

-- name: odd_names :many
select jsonb_build_object(
    'class', c.id, 'a blank', c.name, 'it''s "quoted" \', c.email, 'größe', c.rating, '2nd', c.born, '日本', c.active
) as object
from customers c
order by c.id;

-- name: list_facts :many
select jsonb_build_object('facts', l.facts, 'settings', c.settings, 'price', l.price, 'weight', l.weight) as document
from lines l
join orders o on o.id = l.order_id
join customers c on c.id = o.customer_id
order by o.placed, l.number;

-- name: list_plain :many
-- column document: Json
select jsonb_build_object('number', l.number, 'price', l.price) as document
from lines l
order by l.order_id, l.number;

-- name: list_either :many
select
    case when o.discount is null then json_build_object('value', o.total) else json_build_object('value', o.discount) end
        as document,
    to_jsonb(o.total) as total
from orders o
order by o.placed;
