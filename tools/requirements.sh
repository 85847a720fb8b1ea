#!/bin/sh
# Compiles requirements*.in to requirements*.txt, with hashes and without the name of any registry.
set -eu
cd "$(dirname "$0")/.."
if command -v uv >/dev/null; then
    compile="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade"
else
    sh tools/install.sh requirements.txt
    .venv/bin/python -m pip install --quiet pip-tools
    compile=".venv/bin/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --upgrade --strip-extras"
fi
$compile requirements.in -o requirements.txt
$compile requirements-dev.in -o requirements-dev.txt
