#!/bin/sh
# contents.sh PROJECT OUT: copies the project and its packages as a box holds them, stamped as `npm ci` would leave them.
set -eu
project=$1
out=$2
mkdir -p "$out"
rsync -a --delete --exclude=/.git --exclude=/node_modules --exclude=/dist --exclude='/dist.*' --exclude=/native/build \
	--exclude=.vagrant --exclude='*.box' --exclude=/.vmrun.* --exclude=/coverage "$project/" "$out/"
# What only checks, tests and types need stays behind: a third of the size.
rsync -a --exclude=/@biomejs --exclude=/typescript --exclude=/@typescript --exclude=/vitest --exclude=/@vitest --exclude=/rolldown \
	--exclude=/@rolldown --exclude='/lightningcss*' --exclude=/xmllint-wasm --exclude=/@learninglocker --exclude=/node-linux-*/include \
	--exclude=/node-linux-*/share --exclude=/.vite --exclude=/.cache "$project/node_modules/" "$out/node_modules/"
chown -R root:root "$out"
(cd "$out" && sha256sum <package-lock.json >node_modules/.glassbox-installed)
