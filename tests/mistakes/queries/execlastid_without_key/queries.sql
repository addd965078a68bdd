-- name: add_tag :execlastid
insert into tags (label) values (:label);
