-- name: add_gap :execlastid
insert into gaps (flag, large, double, price, note, data, day, moment, local, stamp, span, key, document, feeling, tags)
values (
    :flag, :large, :double, :price, :note, :data, :day, :moment, :local, :stamp, :span,
    :key, :document, :feeling, :tags
);

-- name: get_gap :one
select * from gaps where id = :id;

-- name: list_with_samples :many
-- Every gap, with the sample that it belongs to.
select sqlc.embed(gaps), sqlc.embed(samples)
from gaps
left join samples on samples.id = gaps.key
order by gaps.id;

-- name: get_optional_price :one
select price from gaps where id = :id;

-- name: get_optional_day :opt
select day from gaps where id = :id;
