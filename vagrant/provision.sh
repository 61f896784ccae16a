#!/bin/sh
# Makes a Debian or Ubuntu machine a classroom machine: the tools of the labs, Glassbox in /opt/glassbox for all users, the
# account `student`, the greeting. Run as root. What is there already is left alone: a second run says "nothing to change".
#
# Environment: GLASSBOX_KEYS_OF  account whose ssh keys the student gets too (vagrant)
#              GLASSBOX_LANG     en or zh: language of the machine, where given
#              GLASSBOX_REGISTRY npm registry, where it is not npm's own
set -eu
home=/opt/glassbox
student=student
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 022

changes=0
did() {
	changes=$((changes + 1))
	echo "glassbox: $*"
}
fail() {
	echo "glassbox: $*" >&2
	exit 1
}
# put FILE MODE OWNER: writes standard input there, unless that is what it holds. Not behind a pipe: it counts.
put() {
	new=$(mktemp)
	cat >"$new"
	mkdir -p "$(dirname "$1")"
	if cmp -s "$new" "$1" && [ "$(stat -c '%a %U' "$1")" = "$2 $3" ]; then
		rm -f "$new"
		return 0
	fi
	install -m "$2" -o "$3" -g "$(id -gn "$3")" "$new" "$1.new"
	mv -f "$1.new" "$1"
	rm -f "$new"
	did "wrote $1"
}
# install_missing PACKAGE...: asks the network only when something is missing.
install_missing() {
	missing=
	for package in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
	done
	[ -z "$missing" ] && return 0
	echo "glassbox: installing$missing"
	apt-get update -q >/dev/null || fail "apt-get update failed: this machine needs a Debian mirror to install$missing"
	# shellcheck disable=SC2086 # a list of words
	apt-get install -y -q --no-install-recommends $missing >/dev/null || fail "apt-get could not install$missing"
	did "installed$missing"
}

[ "$(id -u)" = 0 ] || fail "expected root, found $(id -un); run it with sudo"
command -v apt-get >/dev/null || fail "expected Debian or Ubuntu (apt-get), found $(sed -n "s/^PRETTY_NAME=//p" /etc/os-release)"
case $(uname -m) in x86_64 | aarch64) ;; *) fail "expected x86-64 or arm64, found $(uname -m)" ;; esac
case ${GLASSBOX_LANG:-} in '' | en | zh) ;; *) fail "GLASSBOX_LANG: expected en or zh, found $GLASSBOX_LANG" ;; esac
[ -f "$home/package.json" ] || fail "no Glassbox in $home: expected the project's files there"
cd "$home"

# The tools that labs type, a compiler for the native part, and what a student's account rests on.
# shellcheck disable=SC2046 # a list of words
install_missing $(sed 's/#.*//' "$home/vagrant/guest/packages")

# Terminals and perl complain about a locale that is not there; both languages are.
lacking=
for locale in en_US zh_CN; do
	locale -a 2>/dev/null | grep -qix "$locale.utf-\?8" || lacking="$lacking $locale"
done
if [ -n "$lacking" ]; then
	for locale in $lacking; do
		grep -q "^$locale.UTF-8" /etc/locale.gen 2>/dev/null || echo "$locale.UTF-8 UTF-8" >>/etc/locale.gen
	done
	locale-gen >/dev/null
	did "made the locales$lacking"
fi
# Where the machine has none at all, lines and Chinese would come out as question marks.
if [ -n "${GLASSBOX_LANG:-}" ] || ! grep -qs '^LANG=' /etc/default/locale; then
	case ${GLASSBOX_LANG:-} in zh) language=zh_CN ;; en) language=en_US ;; *) language=C ;; esac
	put /etc/default/locale 644 root <<LOCALE
LANG=$language.UTF-8
LOCALE
fi

# npm is needed once, to bring the packages (and a newer Node than Debian's); a box that has them needs neither it nor a network.
packages=$(sha256sum <package-lock.json)
stamp=node_modules/.glassbox-installed
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
	command -v npm >/dev/null || install_missing npm
	echo "glassbox: npm ci, some minutes"
	npm ci --no-audit --no-fund --loglevel=error ${GLASSBOX_REGISTRY:+"--registry=$GLASSBOX_REGISTRY"} ||
		fail "npm ci failed: this machine needs an npm registry (GLASSBOX_REGISTRY), or a box that holds everything (vagrant/box/build.sh)"
	echo "$packages" >"$stamp"
	did "installed the npm packages"
fi

# By content and not by age: a synced file may be older than the build that it does not fit.
sources=$(find src native scripts/build.mjs scripts/build.sh package.json -type f ! -path 'native/build/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
if [ "$(cat dist/.glassbox-built 2>/dev/null)" != "$sources" ]; then
	rm -rf dist native/build
	sh scripts/build.sh >/dev/null || fail "the build failed; the message is above"
	echo "$sources" >dist/.glassbox-built
	# Node keeps its cache to itself, yet commands that need no root start from it too.
	chmod -R a+rX dist
	did "built Glassbox, and filled the code cache"
fi

# Nobody but root may change what the sudoers rule starts as root; what npm unpacks belongs to strangers.
if [ -n "$(find "$home" ! -user root -print -quit)" ]; then
	chown -R root:root "$home"
	did "$home belongs to root"
fi

put /usr/local/bin/glassbox 755 root <vagrant/guest/glassbox
put /etc/profile.d/glassbox.sh 644 root <vagrant/guest/greeting.sh

# The account, and the one right that it has.
getent group glassbox >/dev/null || {
	groupadd --system glassbox
	did "made the group glassbox"
}
getent passwd "$student" >/dev/null || {
	useradd --create-home --shell /bin/bash "$student"
	did "made the account $student"
}
id -nG "$student" | grep -qw glassbox || {
	usermod --append --groups glassbox "$student"
	did "$student is in the group glassbox"
}
for kind in uid gid; do
	grep -qs "^$student:" "/etc/sub$kind" && continue
	from=$(awk -F: '{end = $2 + $3} end > top {top = end} END {print top > 100000 ? top : 100000}' "/etc/sub$kind" 2>/dev/null || echo 100000)
	usermod "--add-sub${kind}s" "$from-$((from + 65535))" "$student"
	did "$student has subordinate ${kind}s from $from"
done
folder=$(getent passwd "$student" | cut -d: -f6)
[ -e "$folder/.hushlogin" ] || put "$folder/.hushlogin" 644 "$student" </dev/null
visudo -cqf vagrant/guest/sudoers || fail "vagrant/guest/sudoers is not valid"
put /etc/sudoers.d/glassbox 440 root <vagrant/guest/sudoers
if [ -n "${GLASSBOX_KEYS_OF:-}" ]; then
	keys=$(getent passwd "$GLASSBOX_KEYS_OF" | cut -d: -f6)/.ssh/authorized_keys
	[ -f "$keys" ] || fail "GLASSBOX_KEYS_OF: $GLASSBOX_KEYS_OF has no $keys"
	[ -d "$folder/.ssh" ] || install -d -m 700 -o "$student" -g "$student" "$folder/.ssh"
	put "$folder/.ssh/authorized_keys" 600 "$student" <"$keys"
fi

before=$changes
put /etc/systemd/system/user@.service.d/glassbox.conf 644 root <vagrant/guest/delegate.conf
if [ "$changes" != "$before" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi

if [ "$changes" = 0 ]; then echo "glassbox: nothing to change"; else echo "glassbox: $changes changes; ready"; fi
