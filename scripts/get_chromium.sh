#!/bin/sh
# Debian's chromium, with which the tests of the page are run: installed where we may, else said how. Its headless shell is
# the same engine for half of the time, where there is one.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" > /dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    echo "Installing chromium, with which the page is tested"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq > /dev/null
    apt-get install -qq -y --no-install-recommends chromium chromium-headless-shell fonts-dejavu-core > /dev/null 2>&1 ||
        apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core > /dev/null
else
    echo "The tests of the page are skipped: they need chromium (on Debian: apt install chromium)." >&2
fi
