#!/bin/sh
# Makes .venv and installs one requirements file into it, when it has changed: install.sh FILE
set -eu
cd "$(dirname "$0")/.."
file=$1

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "wastecal needs Python 3.11 or later, and finds none; install it (Debian: apt install python3 python3-venv; macOS: brew install python@3.12)." >&2
    exit 1
}

make_venv() {
    python=$(find_python)
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 && return
    # Debian keeps venv in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        rm -rf .venv
        "$python" -m venv .venv >/dev/null && return
    fi
    rm -rf .venv
    echo "$python cannot make a virtual environment here; install its venv module (Debian: apt install python3-venv), then try again." >&2
    exit 1
}

.venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || make_venv

stamp=.venv/installed-$file
sum=$(cksum <"$file")
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$sum" ]; then
    echo "Installing $file"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$file"
    echo "$sum" >"$stamp"
fi
