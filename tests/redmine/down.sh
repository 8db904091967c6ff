#!/bin/bash
# Stops the test Redmine by its recorded pid. --purge-data also forgets its data (packages stay installed).
set -euo pipefail
STATE=${REDMINE_STATE:-/var/lib/plantao-redmine}; PIDF=$STATE/puma.pid
if [ -s "$PIDF" ] && P=$(cat "$PIDF") && tr '\0' ' ' <"/proc/$P/cmdline" 2>/dev/null | grep -q puma; then
  kill -TERM "$P"; for _ in $(seq 100); do kill -0 "$P" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$P" 2>/dev/null || true; echo "stopped"
else echo "not running"; fi
rm -f "$PIDF"
if [ "${1:-}" = --purge-data ]; then rm -f "$STATE"/{redmine,seed}.sqlite3{,-wal,-shm} "$STATE"/lab.{json,env} "$STATE/seeded-by"; echo "data removed"; fi
