#!/bin/sh
# Builds the native part and the bundle where they are older than their sources. Instant when there is nothing to do.
home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$home" || exit 1
. scripts/lib/find-node.sh
fail() {
	echo "glassbox: $1" >&2
	exit 1
}
[ -d node_modules/ink ] || fail "the packages are not installed; run 'npm ci' here first."
glassbox_node "$home" || exit 1

for tool in "${CC:-gcc}" make; do
	command -v "$tool" >/dev/null 2>&1 ||
		fail "no $tool found, and the native part is compiled here; install it with: apt-get install gcc make libc6-dev"
done
if [ ! -f native/build/glassbox-keeper ] || [ ! -f native/build/libglassbox.so ]; then
	printf '#include <stdio.h>\n#include <linux/sched.h>\nint main(void){return 0;}\n' |
		"${CC:-gcc}" -x c -fsyntax-only - 2>/dev/null ||
		fail "the C compiler works but its headers are missing; install them with: apt-get install libc6-dev linux-libc-dev"
fi
make -s -C native || fail "the native part did not compile; the compiler's message is above."

stale=1
if [ -f dist/cli.js ]; then
	stale=$(find src scripts/build.mjs package.json package-lock.json -newer dist/cli.js -print 2>/dev/null | head -n 1)
fi
if [ -n "$stale" ]; then
	"$GLASSBOX_NODE" scripts/build.mjs || fail "the bundle did not build; the message is above."
	# One run fills the code cache, so that the learner's first start is already a fast one.
	NODE_COMPILE_CACHE="$home/dist/.v8" GLASSBOX_WARM=1 "$GLASSBOX_NODE" --no-warnings dist/cli.js >/dev/null 2>&1 </dev/null || :
fi
