drop table request_logs;
drop table cache;
drop table configs;
drop table api_keys;
drop table usage_stats;
drop table oauth_tokens;
