-- allow full-scan: a dozen users
-- name: list_users :many
-- allow ful-scan: a dozen users
select id, name from users where age = :age;  -- allow full-scan: behind the statement is heard

-- allow full-scan: a dozen tags
-- name: list_tags :many
-- allow unused-index: reports
-- allow seq_scan_of_all_kinds: why not
select label from tags;

-- allow full-scan: there is nothing below
