drop table networks;
drop table seedings;
drop table functions;
drop table schema_versions;
drop table deployments;
drop table `databases`;
drop table tenants;
drop table platforms;
