-- name: allow_network :one
-- Let a network call, again if it was shut out.
insert into networks (network, note)
values (:network, :note)
on conflict (network) do update
set
    note = excluded.note,
    enabled = true
returning *;

-- name: list_allowed_networks :many
-- The networks whose machines may call.
select network from networks
where enabled
order by network;

-- name: shut_network :execrows
update networks
set enabled = false
where network = :network
  and enabled;

-- name: delete_network :opt
-- Forget a network; gives what was known of it.
delete from networks where network = :network
returning *;
