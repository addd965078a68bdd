-- name: store_nonce :one
-- Keep a value for one use. Gives the id to ask for it with.
insert into nonces (value, expires_at)
values (:value, :expires_at)
returning id;

-- name: store_nonce_with_id :exec
-- Keep a value, such as a PKCE verifier, under an id of the caller's, in place of an earlier one.
insert into nonces (id, value, expires_at)
values (:id, :value, :expires_at)
on conflict (id) do update
set
    value = excluded.value,
    expires_at = excluded.expires_at;

-- name: get_nonce :opt
-- The value, without using it up. None when it has expired.
select * from nonces
where id = :id
  and expires_at > now();

-- name: take_nonce :opt
-- The value, which is gone then. None when it was taken before, or has expired.
delete from nonces
where id = :id
  and expires_at > now()
returning value;

-- name: delete_expired_nonces :execrows
-- Forget the values that have expired by a moment.
delete from nonces where expires_at <= :moment;
