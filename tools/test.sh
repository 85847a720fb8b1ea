#!/bin/sh
# Django's own checks under production settings, then every test.
set -eu
# Many tests start the program: its byte code is made once, whatever the machine is set to.
export PYTHONDONTWRITEBYTECODE=
cd "$(dirname "$0")/.."
sh tools/translations.sh
key=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')
DEBUG=false SECRET_KEY=$key ALLOWED_HOSTS=sophamtning.example SITE_URL=https://sophamtning.example \
    .venv/bin/python manage.py check --deploy --fail-level WARNING
# Many tests wait, for a browser or a database: on two cores three workers take a tenth less time than two.
exec .venv/bin/python -m pytest -n 3 "$@"
