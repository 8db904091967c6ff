#!/bin/bash
# Bare Debian 12 -> a running, seeded Redmine 5.0 (Debian packages, SQLite, puma) on 127.0.0.1. Idempotent. Root only.
#   up.sh [--fresh]     --fresh: put the data back to the seeded state before starting
# env: REDMINE_PORT (3941)  REDMINE_STATE (/var/lib/plantao-redmine)  REDMINE_ISSUES (300)
# Prints REDMINE_URL, keys and the path of lab.json (all ids), and writes the same to $REDMINE_STATE/lab.env (0600), which the tests read.
set -euo pipefail
PORT=${REDMINE_PORT:-3941}; STATE=${REDMINE_STATE:-/var/lib/plantao-redmine}; ISSUES=${REDMINE_ISSUES:-300}
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); URL="http://127.0.0.1:$PORT"; APP=/usr/share/redmine
DB=$STATE/redmine.sqlite3; SEEDED=$STATE/seed.sqlite3; INFO=$STATE/lab.json; ENVF=$STATE/lab.env; PIDF=$STATE/puma.pid
T0=$(date +%s)
say() { printf '[%3ds] %s\n' "$(( $(date +%s) - T0 ))" "$*" >&2; }
[ "$(id -u)" = 0 ] || { echo "run me as root" >&2; exit 1; }
exec 9>/run/plantao-redmine.lock; flock -w 900 9

# Debian's ruby-bundler takes gems that lie in vendor_ruby without a directory of their own (rotp, request_store ...) as installed.
# The newer bundler that comes inside the security update of libruby3.1 lacks that patch, wins by its version number, and fails with
# "Could not find rotp-6.2.0.gem for installation". So the packaged one is asked for by name, here, in postinst scripts and at run time.
packaged_bundler() { { find /usr/share/rubygems-integration/all/gems -maxdepth 1 -name 'bundler-[0-9]*' -printf '%f\n' 2>/dev/null || true; } | sed 's/^bundler-//' | sort -V | tail -1; }
installed() { [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null | tr -d ' ')" = ii ]; }

if ! { installed redmine && installed redmine-sqlite && installed puma; }; then
  # the package takes its default language from $LANG (a debconf preseed of it is dropped without a word); LC_ALL keeps perl quiet
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 LANG=pt_BR.UTF-8; LOG=/var/log/plantao-redmine-install.log; : >"$LOG"
  apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
  quiet() { "$@" >>"$LOG" 2>&1 </dev/null 9>&- || { echo "failed: $*" >&2; tail -30 "$LOG" >&2; exit 1; }; }
  command -v debconf-set-selections >/dev/null || quiet "${apt[@]}" install debconf
  debconf-set-selections <<'D'
redmine redmine/current-instances string default
redmine redmine/instances/default/dbconfig-install boolean true
redmine redmine/instances/default/dbconfig-reinstall boolean true
redmine redmine/instances/default/database-type select sqlite3
D
  # after a removal, without a purge, of an earlier install: its database settings are written anew, and not missed
  export UCF_FORCE_CONFFMISS=1
  # an install that was broken off leaves packages half configured: finish them first, with the right bundler if it is there
  BUNDLER_VERSION=$(packaged_bundler); [ -z "$BUNDLER_VERSION" ] || export BUNDLER_VERSION
  dpkg --configure -a >>"$LOG" 2>&1 </dev/null 9>&- || true
  say "apt-get update"; quiet "${apt[@]}" update
  if [ -z "$BUNDLER_VERSION" ]; then say "apt-get install ruby-bundler"; quiet "${apt[@]}" install --no-install-recommends ruby-bundler; fi
  export BUNDLER_VERSION; BUNDLER_VERSION=$(packaged_bundler)
  say "apt-get install redmine redmine-sqlite puma (log: $LOG)"
  quiet "${apt[@]}" install --no-install-recommends redmine redmine-sqlite puma
  say "installed"
fi

install -d -m 750 -o www-data -g www-data "$STATE"
# DATABASE_URL carries the busy timeout that the packaged database.yml lacks, and keeps this data apart from any other instance
rails_env=(env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="$STATE" LANG=C.UTF-8 TZ=UTC RAILS_ENV=production REDMINE_INSTANCE=default SCHEMA=/dev/null
  BUNDLER_VERSION="$(packaged_bundler)" LAB_ISSUES="$ISSUES" LAB_HOST="127.0.0.1:$PORT" DATABASE_URL="sqlite3:$DB?timeout=15000&pool=16")
as_www() { (cd "$APP" && exec setpriv --reuid=www-data --regid=www-data --init-groups "${rails_env[@]}" "$@" 9>&-); }

# by pid and by port: a pid file that outlived its process, or a copied state folder, must not name a stranger's server
running() { [ -s "$PIDF" ] && tr '\0' ' ' <"/proc/$(cat "$PIDF")/cmdline" 2>/dev/null | grep -q "puma.*:$PORT"; }
stop() { if running; then P=$(cat "$PIDF"); kill -TERM "$P"; for _ in $(seq 100); do kill -0 "$P" 2>/dev/null || break; sleep 0.1; done; kill -KILL "$P" 2>/dev/null || true; fi; rm -f "$PIDF"; }

# data seeded by another seed.rb, or with other settings, is made anew
WANTED=$( (cat "$HERE/seed.rb"; echo "$ISSUES $PORT") | sha256sum | cut -d' ' -f1)
if [ "$(cat "$STATE/seeded-by" 2>/dev/null)" != "$WANTED" ] || [ ! -s "$INFO" ] || [ ! -s "$SEEDED" ]; then
  stop; rm -f "$STATE/seeded-by" "$DB" "$DB-wal" "$DB-shm"
  BASE=/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default
  if [ -s "$BASE" ]; then install -m 660 -o www-data -g www-data "$BASE" "$DB"; fi
  if ! as_www /usr/bin/ruby -rsqlite3 -e 'd=SQLite3::Database.new(ARGV[0]); exit(d.get_first_value("select count(*) from issue_statuses where name=?",["Nova"])>0 && d.get_first_value("select count(*) from issues")==0)' "$DB" 2>/dev/null; then
    say "no fresh pt-BR database from the package; building one"; rm -f "$DB"
    as_www bundle exec rake db:migrate >"$STATE/migrate.log" 2>&1 || { tail -20 "$STATE/migrate.log" >&2; exit 1; }
    as_www env REDMINE_LANG=pt-BR bundle exec rake redmine:load_default_data >>"$STATE/migrate.log" 2>&1 || { tail -20 "$STATE/migrate.log" >&2; exit 1; }
  fi
  say "seeding $ISSUES issues"; install -m 644 "$HERE/seed.rb" "$STATE/seed.rb"
  (umask 077; as_www bundle exec rails runner "$STATE/seed.rb" >"$STATE/seed.out" 2>"$STATE/seed.err") || { tail -20 "$STATE/seed.err" >&2; exit 1; }
  as_www /usr/bin/ruby -rsqlite3 -e 'd=SQLite3::Database.new(ARGV[0]); d.execute("pragma journal_mode=wal"); d.execute("pragma wal_checkpoint(truncate)"); d.execute("analyze")' "$DB"
  install -m 600 "$DB" "$SEEDED"; (umask 077; sed -n 's/^LABJSON //p' "$STATE/seed.out" >"$INFO"); rm -f "$STATE/seed.out"
  echo "$WANTED" >"$STATE/seeded-by"; say "seeded"
elif [ "${1:-}" = --fresh ] || [ ! -s "$DB" ]; then
  stop; rm -f "$DB" "$DB-wal" "$DB-shm"; install -m 660 -o www-data -g www-data "$SEEDED" "$DB"; say "data put back"
fi

if ! running; then
  # one puma thread on purpose: several on SQLite give HTTP 500 (database is locked) now and then, and are no faster
  say "starting puma"
  (cd "$APP" && exec setsid setpriv --reuid=www-data --regid=www-data --init-groups "${rails_env[@]}" /usr/bin/puma -q -e production -t 1:1 \
      -b "tcp://127.0.0.1:$PORT" >"$STATE/puma.log" 2>&1 </dev/null 9>&-) & echo $! >"$PIDF"
fi
answers() { /usr/bin/ruby -rjson -rnet/http -e 'k=JSON.parse(File.read(ARGV[1]))["admin_key"]; r=Net::HTTP.start("127.0.0.1",ARGV[0].to_i,nil,open_timeout:1,read_timeout:30){|h|h.get("/users/current.json",{"X-Redmine-API-Key"=>k})}; exit(r.code=="200")' "$PORT" "$INFO" 2>/dev/null; }
sleep 0.2; ok=
for _ in $(seq 300); do
  kill -0 "$(cat "$PIDF")" 2>/dev/null || { echo "puma died:" >&2; tail -20 "$STATE/puma.log" >&2; exit 1; }
  if answers; then ok=1; break; fi; sleep 0.2
done
[ -n "$ok" ] || { echo "no answer on $URL" >&2; tail -20 "$STATE/puma.log" >&2; exit 1; }
say "answering"
(umask 077; /usr/bin/ruby -rjson -e '
  lab = JSON.parse(File.read(ARGV[0]))
  puts "REDMINE_URL=#{ARGV[1]}", "REDMINE_LAB_JSON=#{ARGV[0]}", "REDMINE_ADMIN_KEY=#{lab["admin_key"]}"
  lab["users"].each_with_index { |u, i| puts "REDMINE_USER_#{i + 1}=#{u["login"]}", "REDMINE_KEY_#{i + 1}=#{u["key"]}" }' "$INFO" "$URL" >"$ENVF")
cat "$ENVF"
