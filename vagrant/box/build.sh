#!/bin/sh
# Builds a Vagrant box for classes without internet: Debian 12 with everything in it, for libvirt and QEMU on x86-64.
#   sh vagrant/box/build.sh [glassbox.box]
# Needs root, mmdebstrap, qemu-utils, grub-pc-bin, fdisk (sh scripts/setup.sh --vagrant), and this checkout with its packages
# (npm ci). Uses no loop device. The box is provisioned by the same script as any other machine.
#
# Environment: GLASSBOX_BOX_GIB       size of the disk that the guest sees (8)
#              GLASSBOX_BOX_COMPRESS  no: quicker to build, three times the size (yes)
#              GLASSBOX_APT_SOURCES   file with the apt sources to build from (the machine's own)
#              GLASSBOX_BOX_SOURCES   file that becomes the box's /etc/apt/sources.list (none: nothing is installed in it later)
#              TMPDIR                 room for some 6 GB
set -eu
fail() {
	echo "glassbox: $*" >&2
	exit 1
}
here=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)
project=$(CDPATH="" cd -- "$here/../.." && pwd)
out=$(realpath -m -- "${1:-glassbox.box}")
gib=${GLASSBOX_BOX_GIB:-8}
case $gib in '' | *[!0-9]*) fail "GLASSBOX_BOX_GIB: expected a number of GiB, found $gib" ;; esac
[ "$gib" -ge 4 ] || fail "GLASSBOX_BOX_GIB: expected 4 or more, found $gib"
case $out in *.box) ;; *) fail "expected a file name that ends in .box, found $out" ;; esac
[ "$(uname -m)" = x86_64 ] || fail "expected an x86-64 machine (the box starts by a BIOS), found $(uname -m)"
[ "$(id -u)" = 0 ] || fail "expected root, found $(id -un)"
for tool in mmdebstrap qemu-img grub-mkimage sfdisk mke2fs rsync; do
	command -v "$tool" >/dev/null || fail "no $tool found; install it with: sh scripts/setup.sh --vagrant"
done
[ -d /usr/lib/grub/i386-pc ] || fail "no /usr/lib/grub/i386-pc; install it with: apt-get install grub-pc-bin"
[ -d "$project/node_modules/ink" ] || fail "the packages are not installed; run 'npm ci' in $project first"

work=$(mktemp -d)
# mmdebstrap takes its own mounts away; what is under a mount that stayed must not be removed with it.
tidy() {
	if grep -q " $work/" /proc/self/mounts; then
		echo "glassbox: something is still mounted below $work; unmount it, then remove that folder" >&2
	else
		rm -rf "$work"
	fi
}
trap tidy EXIT
trap 'exit 130' INT TERM
root=$work/root

# What goes into /opt/glassbox: the project, and of its packages all but those that only check it.
"$here/contents.sh" "$project" "$work/glassbox"
packages=$(sed 's/#.*//' "$project/vagrant/guest/packages" | tr -s '\n ' ',,' | sed 's/^,//; s/,$//')
echo "glassbox: Debian 12 by mmdebstrap"
mmdebstrap --mode=root --variant=minbase --quiet \
	--aptopt='APT::Sandbox::User "root"' --aptopt='Acquire::Retries "3"' \
	--include="$packages,$(sed 's/#.*//' "$here/packages" | tr -s '\n ' ',,' | sed 's/^,//; s/,$//')" \
	--customize-hook="mkdir -p \$1/opt && cp -a '$work/glassbox' \$1/opt/glassbox" \
	--customize-hook="'$here/system.sh' \$1" \
	--customize-hook="chroot \$1 sh /opt/glassbox/vagrant/provision.sh" \
	--customize-hook="chroot \$1 apt-get clean; rm -rf \$1/var/lib/apt/lists/* \$1/tmp/*" \
	bookworm "$root" "${GLASSBOX_APT_SOURCES:-/etc/apt/sources.list.d/debian.sources}"
# Not the sources of the machine that built it: rooms without internet have none, others name theirs.
rm -f "$root"/etc/apt/sources.list.d/*
if [ -n "${GLASSBOX_BOX_SOURCES:-}" ]; then
	cp -- "$GLASSBOX_BOX_SOURCES" "$root/etc/apt/sources.list"
else
	echo "# Nothing is installed from here; name a mirror if you want to." >"$root/etc/apt/sources.list"
fi

echo "glassbox: disk image"
"$here/disk.sh" "$root" "$work/box.img" "$gib"
cat >"$work/metadata.json" <<META
{"provider": "libvirt", "format": "qcow2", "virtual_size": $gib, "architecture": "amd64"}
META
cp "$here/Vagrantfile.box" "$work/Vagrantfile"
tar -C "$work" --sparse -cf "$out.part" metadata.json Vagrantfile box.img
mv -f "$out.part" "$out"
echo "glassbox: $out, $(du -h "$out" | cut -f1); vagrant box add --name glassbox $out, or GLASSBOX_BOX=$out vagrant up"
