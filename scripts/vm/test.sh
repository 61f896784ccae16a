#!/bin/sh
# `npm run test:vm`: installs QEMU and what guests need where that can be had, builds, and runs the tests in guests. Where
# there can be no guests, the tests themselves say so: not run, never passed.
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$home" || exit 1
sh scripts/setup.sh --vm || :
sh scripts/build.sh || exit 1
# Whoever started this may be killed, and then this has to end as well.
tied=
command -v setpriv >/dev/null 2>&1 && tied="setpriv --pdeathsig TERM"
exec $tied sh scripts/node.sh scripts/vm/test.ts "$@"
