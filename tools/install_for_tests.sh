#!/bin/sh
# Installs what the tests need beside Python packages: a browser, PostgreSQL, minisign, Java, and from npm
# parsers of calendars and checkers of pages.
set -eu
cd "$(dirname "$0")/.."

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
has() { command -v "$1" >/dev/null 2>&1; }
apt() {
    echo "Installing $*"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null </dev/null
}

has_browser() { has chromium || has chromium-browser || has google-chrome; }
has_postgres() { has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

if ! has_browser; then
    if can_apt; then apt chromium fonts-dejavu-core; else .venv/bin/playwright install chromium; fi
fi
if ! has nginx && can_apt; then apt nginx-light; fi
if ! has age && can_apt; then apt age; fi
if ! has curl && can_apt; then apt curl; fi
if ! has_postgres; then
    if can_apt; then
        apt postgresql
    else
        echo "PostgreSQL is not installed: the tests that need it are skipped, and named at the end."
    fi
fi
if ! has minisign; then
    if can_apt; then
        apt minisign
    else
        echo "minisign is not installed: the tests that sign and verify with it will fail until it is."
    fi
fi
if ! has java; then
    if can_apt; then
        apt default-jre-headless
    else
        echo "Java is not installed: the test of the pages' HTML with vnu will fail until it is."
    fi
fi
if ! has npm && can_apt; then apt nodejs npm; fi
if ! has npm; then
    echo "npm is not installed: the tests that read feeds and pages with JavaScript will fail until it is."
else
    for folder in tests/clients tests/validators; do
        installed=$folder/node_modules/.package-lock.json
        if [ ! -f "$installed" ] || [ -n "$(find $folder/package-lock.json -newer "$installed")" ]; then
            echo "Installing the npm packages of $folder"
            (cd $folder && npm ci --ignore-scripts --no-fund --no-audit --silent </dev/null)
        fi
    done
fi
