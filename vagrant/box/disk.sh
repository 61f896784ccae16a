#!/bin/sh
# disk.sh ROOT OUT.qcow2 GIB: a disk that a BIOS starts, without loop devices: GRUB's first stage in the boot record, the second
# in the gap behind it, one ext4 partition at 1 MiB that mke2fs fills from the folder.
set -eu
root=$1
out=$2
gib=$3
work=$(mktemp -d -p "$(dirname -- "$out")")
trap 'rm -rf "$work"' EXIT
[ -e "$root/vmlinuz" ] && [ -e "$root/initrd.img" ] || [ -L "$root/vmlinuz" ] || {
	echo "glassbox: no kernel in $root: expected /vmlinuz and /initrd.img" >&2
	exit 1
}
mkdir -p "$root/boot/grub"
# By Debian's links, so that a kernel that apt brings later is the one that starts.
cat >"$root/boot/grub/grub.cfg" <<'GRUB'
set timeout=0
linux /vmlinuz root=LABEL=glassbox ro console=tty0 console=ttyS0 net.ifnames=0 quiet
initrd /initrd.img
boot
GRUB
mke2fs -q -t ext4 -L glassbox -E lazy_itable_init=0,lazy_journal_init=0 -d "$root" "$work/partition" "$((gib * 1024 - 1))M"
cat >"$work/early.cfg" <<'GRUB'
set root=(hd0,msdos1)
set prefix=(hd0,msdos1)/boot/grub
configfile /boot/grub/grub.cfg
GRUB
grub-mkimage -O i386-pc -d /usr/lib/grub/i386-pc -o "$work/core.img" -c "$work/early.cfg" -p '(hd0,msdos1)/boot/grub' \
	biosdisk part_msdos ext2 normal linux configfile boot
[ "$(stat -c %s "$work/core.img")" -lt $((2047 * 512)) ] || {
	echo "glassbox: GRUB's core.img does not fit before the partition" >&2
	exit 1
}
truncate -s "${gib}G" "$work/disk"
echo '2048,,L,*' | sfdisk -q --no-reread --no-tell-kernel "$work/disk"
dd if="$work/partition" of="$work/disk" bs=1M seek=1 conv=notrunc,sparse status=none
rm -f "$work/partition"
dd if=/usr/lib/grub/i386-pc/boot.img of="$work/disk" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$work/disk" bs=512 seek=1 conv=notrunc status=none
if [ "${GLASSBOX_BOX_COMPRESS:-yes}" = no ]; then
	qemu-img convert -O qcow2 "$work/disk" "$out"
else
	qemu-img convert -c -O qcow2 "$work/disk" "$out"
fi
