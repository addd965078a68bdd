-- name: create_upload :one
insert into uploads (user_id, filename, original_filename, mime_type, file_size, alt_text, is_public)
values (:user_id, :filename, :original_filename, :mime_type, :file_size, :alt_text, :is_public)
returning *;

-- name: get_upload :opt
select * from uploads where id = :id;

-- name: get_public_upload :opt
-- A file that anybody may see, by the name that it is kept under.
select * from uploads where filename = :filename and is_public order by id desc limit 1;

-- name: list_uploads :many
-- A page of the files of an account, the newest first; all when no kind is given.
select * from uploads
where user_id = :user_id
  and (:mime_type? is null or mime_type like :mime_type?)
order by created_at desc, id desc
limit :limit offset :offset;

-- name: list_largest_uploads :many
select id, user_id, original_filename, file_size from uploads
order by file_size desc, id
limit :limit;

-- name: sum_uploads :one
-- How many files an account has, and how large they are.
select count(*) as files, coalesce(sum(file_size), 0) as bytes, avg(file_size) as mean_size, max(file_size) as largest
from uploads
where user_id = :user_id;

-- name: list_mime_types :many
select mime_type, count(*) as files, sum(file_size) as bytes
from uploads
group by mime_type
order by files desc, mime_type;

-- name: publish_upload :execrows
update uploads set is_public = 1, alt_text = coalesce(:alt_text?, alt_text) where id = :id;

-- name: delete_upload :execrows
delete from uploads where id = :id;
