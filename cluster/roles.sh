#!/bin/sh
# The roles that a cluster needs besides the owner of the data: run once, when a primary is new.
set -eu

psql -v ON_ERROR_STOP=1 -v password="$REPLICATION_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'password';
CREATE ROLE balancer LOGIN CONNECTION LIMIT 10;
SQL

# The balancer asks who is the primary, and knows no password; it may look at nothing but the catalogue.
{
  echo 'host postgres balancer all trust'
  echo 'host replication replicator all scram-sha-256'
  cat "$PGDATA/pg_hba.conf"
} > "$PGDATA/pg_hba.conf.new"
mv "$PGDATA/pg_hba.conf.new" "$PGDATA/pg_hba.conf"
