drop table webauthn_credentials;
drop table usage_records;
drop table models;
drop table providers;
drop table api_keys;
drop table users;
drop table organizations;
