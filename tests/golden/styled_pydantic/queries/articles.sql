-- name: add_maker :execlastid
insert into makers (name) values (:name);

-- name: add_article :one
insert into articles (maker_id, size, price, json) values (:maker_id, :size, :price, :json) returning *;

-- name: list_articles :many
select articles.id, articles.price, articles.json, makers.name as maker
from articles
left join makers on makers.id = articles.maker_id
order by articles.price;

-- name: list_with_makers :many
select sqlc.embed(articles), sqlc.embed(makers)
from articles
left join makers on makers.id = articles.maker_id
order by articles.price;

-- name: get_json :opt
select json from articles where id = :id;

-- name: reprice :execrows
update articles set price = :price where id in (:ids);

-- name: list_makers :many
select
    m.name,
    coalesce(
        (
            select jsonb_agg(jsonb_build_object('size', a.size, 'price', a.price, 'copy', a.copy) order by a.price)
            from articles a
            where a.maker_id = m.id
        ),
        '[]'
    ) as articles
from makers m
order by m.name;
