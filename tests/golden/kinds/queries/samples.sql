-- name: add_sample :one
insert into samples (
    flag, small, medium, large, single, double, price, free, note, code, data,
    day, moment, local, stamp, span, document, feeling, tags, numbers, moods, stamps
)
values (
    :flag, :small, :medium, :large, :single, :double, :price, :free, :note, :code, :data,
    :day, :moment, :local, :stamp, :span, :document, :feeling, :tags, :numbers, :moods, :stamps
)
returning *;

-- name: get_sample :opt
select * from samples where id = :id;

-- name: count_matching :one
-- How many samples have just these values.
select count(*)
from samples
where flag = :flag
  and large = :large
  and price = :price
  and note = :note
  and data = :data
  and day = :day
  and moment = :moment
  and local = :local
  and stamp = :stamp
  and span = :span
  and feeling = :feeling;

-- name: list_ids :many
select id from samples where id in (:ids) order by price, id;

-- name: list_by_price :many
select id, price from samples where price in (:prices) order by price desc, id;

-- name: list_by_stamp :many
select id from samples where stamp in (:stamps) and data in (:datas) and feeling in (:feelings) order by id;

-- name: latest_stamp :one
select max(stamp) from samples;

-- name: total_price :one
select sum(price) as total, min(price) as least, max(price) as greatest from samples;

-- name: get_price :one
select price from samples where id = :id;

-- name: get_data :one
select data from samples where id = :id;

-- name: get_tags :one
select tags from samples where id = :id;

-- name: get_feeling :one
select feeling from samples where id = :id;

-- name: set_feeling :execrows
update samples set feeling = :feeling, document = :document, price = price * 2 where id = :id;

-- name: remove_sample :exec
delete from samples where id = :id;
