#!/bin/sh
# Runs Node >= 22 with the given arguments: the system's where it is new enough, else the one that npm brought along.
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$here/scripts/lib/find-node.sh"
glassbox_node "$here" || exit 1
exec "$GLASSBOX_NODE" "$@"
