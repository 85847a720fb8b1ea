#!/bin/sh
# Builds the style sheets in wastecal/static/wastecal/ out of site.scss and staff.scss. Needs npm; whoever
# only runs wastecal does not.
set -eu
cd "$(dirname "$0")"
if [ ! -f node_modules/.package-lock.json ] || [ -n "$(find package-lock.json -newer node_modules/.package-lock.json)" ]; then
    npm ci --ignore-scripts --no-fund --no-audit --silent </dev/null
fi
for sheet in site staff; do
    out=../../wastecal/static/wastecal/$sheet.css
    node_modules/.bin/sass --load-path=node_modules --no-source-map --style=compressed --quiet-deps "$sheet.scss" "$out.new"
    {
        echo "/*! wastecal, from tools/css. Holds parts of GOV.UK Frontend: see LICENSE-govuk-frontend.txt. */"
        sed '1s/^\xef\xbb\xbf//' "$out.new"
    } >"$out"
    rm "$out.new"
    echo "$sheet.css: $(wc -c <"$out") bytes, $(gzip -9c "$out" | wc -c) packed"
done
