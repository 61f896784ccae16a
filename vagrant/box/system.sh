#!/bin/sh
# system.sh ROOT: makes a bare Debian root a machine that starts, gets an address, and lets Vagrant in.
set -eu
root=$1
chroot "$root" useradd --create-home --shell /bin/bash vagrant
install -d -m 700 "$root/home/vagrant/.ssh"
# Vagrant's well-known key, for the first contact; `vagrant up` puts a fresh one in its place.
key=$(find /usr/share /opt -path '*keys/vagrant.pub' 2>/dev/null | head -n 1)
[ -n "$key" ] || {
	echo "glassbox: no keys/vagrant.pub found; install vagrant" >&2
	exit 1
}
install -m 600 "$key" "$root/home/vagrant/.ssh/authorized_keys"
chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh
echo 'vagrant ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/vagrant"
chmod 440 "$root/etc/sudoers.d/vagrant"

printf '[Match]\nName=e*\n[Network]\nDHCP=yes\n' >"$root/etc/systemd/network/10-any.network"
for unit in systemd-networkd systemd-resolved; do
	ln -sf "/lib/systemd/system/$unit.service" "$root/etc/systemd/system/multi-user.target.wants/$unit.service"
done
for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_reap.service man-db.timer; do
	ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
echo 'LABEL=glassbox / ext4 defaults,noatime,errors=remount-ro 0 1' >"$root/etc/fstab"
echo glassbox >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 glassbox\n' >"$root/etc/hosts"
: >"$root/etc/machine-id"
mkdir -p "$root/etc/ssh/sshd_config.d"
echo 'UseDNS no' >"$root/etc/ssh/sshd_config.d/glassbox.conf"
# Keys of the host are made at the first start, each machine its own.
rm -f "$root"/etc/ssh/ssh_host_*
cat >"$root/etc/systemd/system/ssh-keys.service" <<'UNIT'
[Unit]
Description=ssh keys of this machine
Before=ssh.service
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key
[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A
[Install]
WantedBy=multi-user.target
UNIT
ln -sf ../ssh-keys.service "$root/etc/systemd/system/multi-user.target.wants/ssh-keys.service"
