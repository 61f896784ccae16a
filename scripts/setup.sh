#!/bin/sh
# Installs from Debian what the tests (--test), the benchmark's peers (--bench), guests (--vm) or a classroom's box (--vagrant)
# need and this machine lacks.
# The app itself needs nothing of this. Safe to run again: what is there is left alone.
want=${1:---test}
set -- 
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
missing=
# A package of its own in newer releases, a part of QEMU's in older ones.
virtiofsd_package() { apt-cache show virtiofsd >/dev/null 2>&1 && echo virtiofsd || echo qemu-system-common; }
if [ "$want" = --vm ]; then
	need qemu-system-x86_64 qemu-system-x86
	need busybox busybox-static
	# The other busybox needs libraries, which a first root lacks.
	grep -aq /ld-linux "$(command -v busybox)" 2>/dev/null && missing="$missing busybox-static"
	need modprobe kmod
	need setpriv util-linux
	need mmdebstrap mmdebstrap
	[ -x /usr/lib/qemu/virtiofsd ] || [ -x /usr/libexec/virtiofsd ] || missing="$missing $(virtiofsd_package)"
elif [ "$want" = --vagrant ]; then
	need gcc gcc
	need make make
	need vagrant vagrant
	[ -e /usr/share/doc/vagrant-libvirt ] || missing="$missing vagrant-libvirt"
	need libvirtd libvirt-daemon-system
	need virsh libvirt-clients
	need dnsmasq dnsmasq-base
	need iptables iptables
	need qemu-system-x86_64 qemu-system-x86
	need qemu-img qemu-utils
	need mmdebstrap mmdebstrap
	need grub-mkimage grub-common
	[ -d /usr/lib/grub/i386-pc ] || missing="$missing grub-pc-bin"
	need sfdisk fdisk
	need mke2fs e2fsprogs
	need rsync rsync
	need ssh openssh-client
else
	need gcc gcc
	need make make
	need strace strace
	need newuidmap uidmap
	need tmux tmux
	need asciinema asciinema
	need pstree psmisc
	need hostname hostname
	need ipcs util-linux
	need nsenter util-linux
	need ip iproute2
	need ping iputils-ping
	need vim vim
	need ps procps
	need top procps
	need git git
	need tidy tidy
	need pdftotext poppler-utils
	need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
	[ -e /usr/aarch64-linux-gnu/lib/libc.a ] || missing="$missing libc6-dev-arm64-cross"
fi
if [ "$want" = --bench ]; then
	need bwrap bubblewrap
	need crun crun
	need runc runc
fi
# What prints handouts is large, and so are Vagrant and what fuzzes: where they cannot be had, those tests are skipped.
large=
[ "$want" = --test ] && ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && large="chromium fonts-noto-cjk"
[ "$want" = --test ] && [ "$(id -u)" = 0 ] && for tool in vagrant shellcheck crun; do
	command -v $tool >/dev/null 2>&1 || large="$large $tool"
done
[ "$want" = --test ] && [ "$(id -u)" = 0 ] && ! command -v clang >/dev/null 2>&1 && large="$large clang libclang-rt-14-dev"
[ -z "$missing$large" ] && exit 0
if [ -n "$missing" ] && [ "$(id -u)" != 0 ]; then
	echo "glassbox: these packages are missing:$missing; as root: apt-get install$missing" >&2
	exit 1
fi
command -v apt-get >/dev/null 2>&1 || {
	[ -z "$missing" ] && exit 0
	echo "glassbox: these packages are missing:$missing, and there is no apt-get here; install them by hand." >&2
	exit 1
}
echo "glassbox: installing$missing${large:+ $large}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null || echo "glassbox: apt-get update failed; trying with the package lists at hand" >&2
# shellcheck disable=SC2086 # a list of words
[ -z "$missing" ] || apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
	echo "glassbox: apt-get could not install:$missing" >&2
	exit 1
}
for package in $large; do
	apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
		echo "glassbox: apt-get could not install $package; the tests that need it are skipped." >&2
done
exit 0
