-- name: create_organization :one
insert into organizations (name, slug, monthly_budget, metadata)
values (:name, :slug, :monthly_budget, :metadata)
returning *;

-- name: upsert_organization :one
-- The organization of a slug, made or renamed.
insert into organizations (name, slug)
values (:name, :slug)
on conflict (slug) do update
set name = excluded.name
returning *;

-- name: get_organization :opt
select * from organizations where id = :id;

-- name: get_organization_by_slug :opt
select * from organizations where slug = :slug;

-- name: list_organizations :many
-- A page of all organizations, by name.
select * from organizations
order by name, id
limit :limit offset :offset;

-- name: list_organization_members :many
-- Every organization with the number of its users and of the keys that are active.
with active_keys as (
    select organization_id, count(*) as keys
    from api_keys
    where status = 'active'
    group by organization_id
)
select
    organizations.id,
    organizations.name,
    count(users.id) as members,
    max(users.created_at) as newest_member_at,
    coalesce(max(active_keys.keys), 0) as active_keys
from organizations
left join users on users.organization_id = organizations.id
left join active_keys on active_keys.organization_id = organizations.id
group by organizations.id, organizations.name
order by organizations.name;

-- name: list_organizations_over_budget :many
-- The organizations that have spent more than their budget since a moment, and what they spent.
with spent as (
    select organization_id, sum(cost) as cost
    from usage_records
    where requested_at >= :since
    group by organization_id
)
select
    organizations.id,
    organizations.slug,
    organizations.monthly_budget,
    spent.cost
from organizations
join spent on spent.organization_id = organizations.id
where spent.cost > organizations.monthly_budget
order by spent.cost desc, organizations.slug;

-- name: update_organization :one
-- Change what is given; None leaves a value as it is.
update organizations
set
    name = coalesce(:name?, name),
    metadata = coalesce(:metadata?, metadata)
where id = :id
returning *;

-- name: set_organization_budget :one
-- Set the monthly budget, or take it away with None.
update organizations
set monthly_budget = :monthly_budget
where id = :id
returning *;

-- name: delete_organization :execrows
-- Delete an organization and its keys. Its users stay, without one.
delete from organizations where id = :id;
