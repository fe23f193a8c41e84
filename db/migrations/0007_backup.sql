-- A backup says which migrations its database knew, so that a restore can refuse what an older program would not understand.
grant usage on schema app_meta to backup_ro;
grant select on app_meta.migration to backup_ro;
