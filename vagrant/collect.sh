#!/bin/sh
# Fetches every student's result files over Vagrant's ssh, names them by machine, and ends with what `glassbox grade` prints.
#   sh vagrant/collect.sh [FOLDER] [-- OPTIONS OF glassbox grade]
# FOLDER is `results` when none is given. Result files are looked for in the student's home folder, four levels deep.
# Exit status: 0 all is well; 1 a machine gave nothing, or a result is not in order; 2 wrong usage.
set -u
vagrant=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)
case "${GLASSBOX_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in zh*) chinese=yes ;; *) chinese='' ;; esac
# say ENGLISH CHINESE
say() { if [ -n "$chinese" ]; then echo "$2"; else echo "$1"; fi; }

folder=results
case ${1:-} in
	-h | --help)
		say "usage: sh vagrant/collect.sh [FOLDER] [-- OPTIONS OF glassbox grade]" "用法：sh vagrant/collect.sh [文件夹] [-- glassbox grade 的选项]"
		exit 0
		;;
	--) ;;
	-*)
		say "collect: expected a folder or --, found $1" "collect：应为文件夹或 --，实际为 $1" >&2
		exit 2
		;;
	?*)
		folder=$1
		shift
		;;
esac
[ "${1:-}" = -- ] && shift
for tool in vagrant ssh base64; do
	command -v "$tool" >/dev/null || {
		say "collect: no $tool found on this machine" "collect：这台机器上没有 $tool" >&2
		exit 2
	}
done
mkdir -p -- "$folder" || exit 2
folder=$(CDPATH="" cd -- "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Run in the machine as the student. Names and contents come as base64, one file a line, so that no name can do harm here.
# shellcheck disable=SC2016 # expanded there
there='find ~ -xdev -maxdepth 4 -type f -name "*.json" -size -8192k ! -path "*/.*" 2>/dev/null | sort | while IFS= read -r file; do
	grep -qs "\"format\" *: *\"glassbox-result\"" "$file" || continue
	printf "%s %s\n" "$(printf %s "$(basename "$file" .json)" | base64 | tr -d "\n")" "$(base64 <"$file" | tr -d "\n")"
done'

cd -- "$vagrant" || exit 2
vagrant status --machine-readable >"$work/status" 2>"$work/error" || {
	cat "$work/status" "$work/error" >&2
	exit 1
}
silent='' count=0
# shellcheck disable=SC2013 # names of machines are words
for machine in $(sed -n 's/^[0-9]*,\([^,]*\),state,.*/\1/p' "$work/status"); do
	state=$(sed -n "s/^[0-9]*,$machine,state,//p" "$work/status")
	got=0
	why=
	if [ "$state" != running ]; then
		why=$state
	elif ! vagrant ssh-config "$machine" >"$work/config" 2>"$work/error" ||
		! ssh -n -F "$work/config" -o BatchMode=yes -o ConnectTimeout=30 -o LogLevel=ERROR "$machine" "$there" >"$work/answer" 2>"$work/error"; then
		why=$(tail -n 1 "$work/error")
	else
		while read -r name content; do
			# What is left of the name is letters, digits, dots and dashes; the machine's name goes before it.
			clean=$(printf %s "$name" | base64 -d | LC_ALL=C tr -c 'A-Za-z0-9._-' '_' | cut -c 1-80)
			printf %s "$content" | base64 -d >"$work/file" || continue
			mv -f -- "$work/file" "$folder/$machine-$clean.json"
			got=$((got + 1))
			printf '%s\n' "$folder/$machine-$clean.json" >>"$work/files"
		done <"$work/answer"
		[ "$got" -gt 0 ] || why=$(say "no result file in the student's home folder" "学生主目录里没有成绩文件")
	fi
	count=$((count + got))
	if [ "$got" -gt 0 ]; then
		say "$machine: $got" "$machine：$got"
	else
		say "$machine: nothing ($why)" "$machine：没有（$why）"
		silent="$silent $machine"
	fi
done

[ -z "$silent" ] || say "Gave nothing:$silent" "没有交出成绩：$silent"
if [ "$count" = 0 ]; then
	say "No result was collected." "没有收到任何成绩。"
	exit 1
fi
say "$count in $folder" "$count 个文件，在 $folder"
echo
graded=0
if [ "$(uname -s)" = Linux ]; then
	# One line a file, and no name holds anything that a shell would split.
	while IFS= read -r file; do set -- "$@" "$file"; done <"$work/files"
	"$vagrant/../bin/glassbox" grade "$@" || graded=$?
else
	say "Grade them on a Linux machine: glassbox grade results/*.json" "请在 Linux 机器上评分：glassbox grade results/*.json"
fi
[ -z "$silent" ] || exit 1
exit "$graded"
