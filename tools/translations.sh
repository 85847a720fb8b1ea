#!/bin/sh
# Compiles the .po files that are newer than their .mo.
set -eu
cd "$(dirname "$0")/.."
for po in wastecal/locale/*/LC_MESSAGES/django.po; do
    mo=${po%.po}.mo
    [ -f "$po" ] || continue
    if [ ! -f "$mo" ] || [ -n "$(find "$po" -newer "$mo")" ]; then
        language=$(basename "$(dirname "$(dirname "$po")")")
        .venv/bin/pybabel --quiet compile -i "$po" -o "$mo" -l "$language"
    fi
done
