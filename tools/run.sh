#!/bin/sh
# Brings the database up to date, fills it when it is empty, and serves.
set -eu
cd "$(dirname "$0")/.."
host=${HOST:-127.0.0.1}
port=${PORT:-8000}

# Whoever listens elsewhere than on loopback also wants to be called by that name.
if [ -z "${ALLOWED_HOSTS:-}" ] && [ -z "${DEBUG:-}" ]; then
    case $host in
    127.0.0.1 | localhost | ::1) ;;
    0.0.0.0 | ::) export ALLOWED_HOSTS='*' ;;
    *) export ALLOWED_HOSTS="$host,127.0.0.1,localhost" ;;
    esac
fi

# The server shares its port with others of its kind, so a second one would start without a word.
.venv/bin/python -m tools.port "$host" "$port"

sh tools/translations.sh
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load "${DATA:-fixtures/vellinge}" --if-empty
.venv/bin/python manage.py demo --once
case $host in *:*) shown="[$host]" ;; *) shown=$host ;; esac
echo "wastecal answers at http://$shown:$port/ (Ctrl-C ends it)"
case ${DEBUG:-} in [Ff]* | [Nn]* | 0 | off) ;; *) .venv/bin/python manage.py demo_staff ;; esac
# Python runs one thread at a time: a few are enough, each with its database connection.
exec .venv/bin/granian --interface wsgi --no-ws --log-level warning --blocking-threads 4 \
    --host "$host" --port "$port" config.wsgi:application
