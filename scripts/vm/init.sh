#!/bin/busybox sh
# A guest's first process: puts an overlay in memory above the machine's root, which is shared read-only, mounts what a
# system has mounted, with the cgroups that were asked for, and goes on there as inside.sh.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
argument() { for word in $(cat /proc/cmdline); do case $word in glassbox.$1=*) echo "${word#*=}" ;; esac; done; }
die() {
	echo "glassbox init: $*" >/dev/ttyS0
	poweroff -f
}
while read -r module; do insmod "/mods/$module" 2>/dev/null; done </mods/order

root=/newroot
project=$(argument project)
writable=$(argument writable)
layout=$(argument cgroup)
systemd=$(argument systemd)
mount -t virtiofs -o ro root /lower || die "the machine's root is not shared"
mount -t tmpfs -o mode=755,size=75% upper /rw
mkdir /rw/upper /rw/work /rw/project /rw/scratch
mount -t overlay -o lowerdir=/lower,upperdir=/rw/upper,workdir=/rw/work root $root || die "no overlay"
for folder in proc sys dev tmp run; do mkdir -p $root/$folder; done
mount -t tmpfs -o mode=1777 tmp $root/tmp
mount -t tmpfs -o mode=755 run $root/run
mkdir -p "$root$project"
if [ "$writable" = 1 ]; then
	mount -t virtiofs project "$root$project" || die "the project is not shared"
else
	below=/lower$project
	if [ "$(argument apart)" = 1 ]; then
		below=/project
		mkdir $below
		mount -t virtiofs -o ro project $below || die "the project is not shared"
	fi
	# Below /tmp or /run it has just been covered; elsewhere this changes nothing.
	mount -t overlay -o "lowerdir=$below,upperdir=/rw/project,workdir=/rw/scratch" project "$root$project" ||
		die "the project is not to be seen"
fi

mount --move /proc $root/proc
mount --move /sys $root/sys
mount --move /dev $root/dev
mkdir -p $root/dev/pts $root/dev/shm $root/dev/mqueue
mount -t devpts -o mode=620,gid=5,ptmxmode=666 devpts $root/dev/pts
mount -t tmpfs -o mode=1777 shm $root/dev/shm
mount -t mqueue mqueue $root/dev/mqueue
ln -sf /proc/self/fd $root/dev/fd
for pair in 0:stdin 1:stdout 2:stderr; do ln -sf "fd/${pair%:*}" "$root/dev/${pair#*:}"; done

mkdir -p $root/lib/modules $root/run/glassbox-vm
mount -t virtiofs -o ro modules $root/lib/modules || die "the kernel's modules are not shared"
cp /bin/busybox /inside /command $root/run/glassbox-vm/

# systemd does the rest itself, cgroups included; the command is one of its services.
if [ "$systemd" = 1 ]; then
	units=$root/run/systemd/system
	mkdir -p $units/multi-user.target.wants
	cat >$units/glassbox.service <<-UNIT
		[Unit]
		After=dbus.service systemd-logind.service systemd-user-sessions.service
		[Service]
		Environment="PROJECT=$project"
		ExecStart=/run/glassbox-vm/busybox sh /run/glassbox-vm/inside
		TimeoutStartSec=infinity
	UNIT
	ln -s ../glassbox.service $units/multi-user.target.wants/
	exec env -i switch_root $root /lib/systemd/systemd
fi

cgroup=$root/sys/fs/cgroup
v1() {
	mount -t tmpfs -o mode=755 cgroup $cgroup
	for tree in cpu,cpuacct cpuset memory pids blkio freezer devices; do
		mkdir $cgroup/$tree
		mount -t cgroup -o $tree $tree $cgroup/$tree || rmdir $cgroup/$tree
	done
	mkdir $cgroup/systemd
	mount -t cgroup -o none,name=systemd systemd $cgroup/systemd
	ln -s cpu,cpuacct $cgroup/cpu
	ln -s cpu,cpuacct $cgroup/cpuacct
}
case $layout in
	v1) v1 ;;
	hybrid)
		v1
		mkdir $cgroup/unified
		mount -t cgroup2 cgroup2 $cgroup/unified
		;;
	*)
		# Nothing is handed on, as the kernel leaves it: whoever needs a controller switches it on, and off again.
		mount -t cgroup2 -o nsdelegate cgroup2 $cgroup
		;;
esac

hostname guest
ip link set lo up
exec env -i PROJECT="$project" switch_root $root /run/glassbox-vm/busybox sh /run/glassbox-vm/inside
