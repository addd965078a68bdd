-- name: add_shelf :one
insert into shelves (name) values (:name) returning *;

-- name: add_book :one
insert into books (shelf_id, title, code, printed, pages, price, lent, extra)
values (:shelf_id, :title, :code, :printed, :pages, :price, :lent, :extra)
returning *;

-- name: list_shelves :many
select
    s.id,
    s.name,
    (
        select json_group_array(
            json_object(
                'id', b.id, 'title', b.title, 'code', b.code, 'printed', b.printed, 'lent', b.lent, 'pages', b.pages,
                'price', b.price, 'extra', json(b.extra)
            )
        )
        from books b
        where b.shelf_id = s.id
    ) as books
from shelves s
order by s.id;

-- name: list_titles :many
select s.name, json_group_array(b.title) filter (where b.id is not null) as titles
from shelves s
left join books b on b.shelf_id = s.id
group by s.id, s.name
order by s.name;

-- name: get_shelf :opt
select json_object(
    'shelf', json_object('id', s.id, 'name', s.name),
    'pages', json((select json_group_array(b.pages) from books b where b.shelf_id = s.id))
) as document
from shelves s
where s.id = :id;
