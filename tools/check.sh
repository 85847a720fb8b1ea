#!/bin/sh
# Style, types, and whether the models and their migrations agree.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff check --quiet
.venv/bin/ruff format --check --quiet || {
    echo "These files are not formatted; run: .venv/bin/ruff format" >&2
    .venv/bin/ruff format --check >&2
    exit 1
}
.venv/bin/mypy
.venv/bin/python manage.py makemigrations --check --dry-run --verbosity 1
