# The guest's first process once its root is complete: runs the command between the ports, tells its status, and ends it all.
busybox=/run/glassbox-vm/busybox
port() {
	for folder in /sys/class/virtio-ports/*; do
		[ "$($busybox cat "$folder/name")" = "$1" ] && echo "/dev/${folder##*/}" && return
	done
}
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb
cd "$PROJECT" || echo "glassbox inside: no $PROJECT" >/dev/ttyS0
# A session of its own, as a program started by hand has.
$busybox setsid /bin/sh /run/glassbox-vm/command </dev/null >"$(port out)" 2>"$(port err)"
status=$?
echo $status >"$(port status)"
$busybox poweroff -f
