#!/bin/sh
# `npm test`: installs what the tests lack, builds, and runs them all. The last line is the true count.
home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$home" || exit 1
sh scripts/setup.sh --test || exit 1
sh scripts/build.sh || exit 1
exec sh scripts/node.sh scripts/test.mjs "$@"
