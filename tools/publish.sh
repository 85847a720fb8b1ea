#!/bin/sh
# Brings the database up to date, fills it when it is empty, and publishes it as files.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${OUT:-}" ]; then
    echo "Where to? make publish OUT=/srv/site SITE_URL=https://sophamtning.example" >&2
    exit 2
fi
sh tools/translations.sh
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load "${DATA:-fixtures/vellinge}" --if-empty
if [ -n "${SITE_URL:-}" ]; then
    exec .venv/bin/python manage.py publish "$OUT" --base-url "$SITE_URL"
fi
exec .venv/bin/python manage.py publish "$OUT"
