drop table nonces;
drop table oauth_accounts;
drop table sessions;
drop table users;
