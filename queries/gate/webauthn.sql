-- name: store_credential :one
-- Keep a credential. Raises UniqueViolation when it is known already.
insert into webauthn_credentials (user_id, credential_id, public_key, sign_count, aaguid, name, transports, backed_up)
values (:user_id, :credential_id, :public_key, :sign_count, :aaguid, :name, :transports, :backed_up)
returning *;

-- name: get_credential :opt
-- Look a credential up by what the authenticator calls it.
select * from webauthn_credentials where credential_id = :credential_id;

-- name: get_credential_owner :opt
-- Who may log in with a credential, and what proves it.
select
    webauthn_credentials.public_key,
    webauthn_credentials.sign_count,
    users.id as user_id,
    users.email
from webauthn_credentials
join users on users.id = webauthn_credentials.user_id
where webauthn_credentials.credential_id = :credential_id
  and users.enabled;

-- name: list_user_credentials :many
-- A user's credentials, the oldest first.
select * from webauthn_credentials
where user_id = :user_id
order by created_at, id;

-- name: list_credential_ids :many
-- What the authenticators call a user's credentials, as a challenge names them.
select credential_id from webauthn_credentials
where user_id = :user_id
order by credential_id;

-- name: count_user_credentials :one
select count(*) from webauthn_credentials where user_id = :user_id;

-- name: update_counter :execrows
-- Keep the counter of a login. 0 when it did not rise, which a copied key would show.
update webauthn_credentials
set
    sign_count = :sign_count,
    backed_up = :backed_up,
    last_used_at = now()
where credential_id = :credential_id
  and (sign_count < :sign_count or (sign_count = 0 and :sign_count = 0));

-- name: rename_credential :one
update webauthn_credentials
set name = :name
where id = :id
  and user_id = :user_id
returning *;

-- name: delete_credential :execrows
-- Forget a credential of a user.
delete from webauthn_credentials
where id = :id
  and user_id = :user_id;

-- name: delete_user_credentials :execrows
delete from webauthn_credentials where user_id = :user_id;
