#!/bin/sh
# Makes a container image of this checkout, out of Debian's packages and npm's: an OCI archive, without a container daemon.
#   npm ci && npm run build && sh deploy/image/build.sh glassbox.tar [MIRROR-OR-SOURCES-FILE …]
# As root, with mmdebstrap and umoci. The image is of the architecture of the machine that it is made on.
set -eu
usage() {
	echo "glassbox: usage: sh deploy/image/build.sh OUT.tar [MIRROR-OR-SOURCES-FILE ...]" >&2
	exit 2
}
fail() {
	echo "glassbox: $1" >&2
	exit 1
}
[ $# -ge 1 ] || usage
out=$(realpath -m -- "$1")
shift
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
suite=${GLASSBOX_SUITE:-bookworm}

[ "$(id -u)" = 0 ] || fail "the image's files belong to root; run this as root."
for tool in mmdebstrap umoci npm; do
	command -v "$tool" >/dev/null 2>&1 || fail "no $tool found; install it with: apt-get install $tool"
done
[ -f "$home/dist/cli.js" ] && [ -x "$home/native/build/glassbox-keeper" ] ||
	fail "the app is not built; run 'npm ci && npm run build' in $home first."
[ ! -e "$out" ] || fail "$out is there already; name another file, or remove it."

work=$(mktemp -d "${TMPDIR:-/tmp}/glassbox-image.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM INT HUP

# The app as npm installs it without what only its developers need; nothing is compiled in the image.
app=$work/app
mkdir -p "$app/native/build"
cp -a "$home/bin" "$home/dist" "$home/labs" "$home/docs" "$home/scripts" \
	"$home/package.json" "$home/package-lock.json" "$home/.npmrc" "$home/README.md" "$home/README.zh.md" "$app/"
cp -a "$home/native/build/glassbox-keeper" "$home/native/build/glassbox-init" "$home/native/build/libglassbox.so" "$app/native/build/"
(cd "$app" && npm ci --omit=dev >/dev/null) || fail "npm could not install the packages; its message is above."
# The code cache is made anew below, by the Node of the image; headers and manuals of Node serve nobody there.
rm -rf "$app"/dist/.v8 "$app"/node_modules/node-linux-*/include "$app"/node_modules/node-linux-*/share

# What the labs type, a terminal that survives a broken connection, and an init that reaps.
mmdebstrap --mode=root --variant=minbase --quiet --aptopt='APT::Sandbox::User "root"' \
	--include=tini,tmux,procps,psmisc,hostname,util-linux,iproute2,iputils-ping,strace,busybox-static,less,vim-tiny \
	--customize-hook="mkdir -p \"\$1/opt\"" \
	--customize-hook="cp -a '$app' \"\$1/opt/glassbox\"" \
	--customize-hook='chown -R 0:0 "$1/opt/glassbox"' \
	--customize-hook='ln -s /opt/glassbox/bin/glassbox "$1/usr/local/bin/glassbox"' \
	--customize-hook='chroot "$1" env GLASSBOX_WARM=1 NODE_COMPILE_CACHE=/opt/glassbox/dist/.v8 sh /opt/glassbox/scripts/node.sh --no-warnings /opt/glassbox/dist/cli.js </dev/null' \
	--customize-hook='rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* "$1"/usr/share/doc/* "$1"/tmp/*' \
	--customize-hook='rm -f "$1"/etc/apt/sources.list.d/* "$1"/etc/hostname "$1"/etc/resolv.conf' \
	--customize-hook='echo "# Nothing is installed from here; name a mirror if you want to." > "$1/etc/apt/sources.list"' \
	"$suite" "$work/root.tar" "$@" || fail "mmdebstrap could not make the root file system; its message is above."

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$home/package.json")
umoci init --layout "$work/oci"
umoci new --image "$work/oci:$version"
umoci raw add-layer --image "$work/oci:$version" "$work/root.tar" >/dev/null
umoci config --image "$work/oci:$version" \
	--config.entrypoint /usr/bin/tini --config.entrypoint -- --config.cmd sleep --config.cmd infinity \
	--config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
	--config.env LANG=C.UTF-8 --config.env TERM=xterm-256color --config.workingdir /root
umoci gc --layout "$work/oci" >/dev/null
tar -C "$work/oci" -cf "$out.part" . && mv "$out.part" "$out"
echo "glassbox: $out, $(du -m "$out" | cut -f1) MB, glassbox:$version; load it with"
echo "  ctr -n k8s.io images import --base-name glassbox $out     # a node with containerd"
echo "  skopeo copy oci-archive:$out docker://REGISTRY/glassbox:$version"
