drop table nonces;
drop table oauth_accounts;
drop function oauth_accounts_touch();
drop table sessions;
drop function sessions_touch();
drop table users;
drop function users_touch();
