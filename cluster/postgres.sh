#!/bin/sh
# Starts one of two PostgreSQL servers: as the replica of the other one if that is the primary, else as the primary.
# OTHER_HOST and OTHER_PORT say where the other one is; everything after the name of this script goes to PostgreSQL.
set -eu

export PGPASSWORD="$REPLICATION_PASSWORD"
source="host=$OTHER_HOST port=${OTHER_PORT:-5432} user=replicator connect_timeout=3"
is_replica=$(psql "$source dbname=postgres" -Atc 'SELECT pg_is_in_recovery()' 2>/dev/null || true)

if [ "$is_replica" = f ]; then
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA"
    pg_basebackup --dbname="$source application_name=$(hostname)" --pgdata="$PGDATA" --wal-method=stream --checkpoint=fast --write-recovery-conf
    if [ "$(id -u)" = 0 ]; then chown -R postgres:postgres "$PGDATA"; fi
  elif [ ! -e "$PGDATA/standby.signal" ]; then
    # Two primaries would each take writes that the other one never sees.
    echo "This server was the primary, and $OTHER_HOST is it now. Empty $PGDATA, and this one starts as its replica." >&2
    exit 1
  fi
fi

unset PGPASSWORD
exec ${ENTRYPOINT-docker-entrypoint.sh} postgres "$@"
