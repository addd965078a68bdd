-- name: remove :execlastid
delete from tags;
