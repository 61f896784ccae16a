# What to type, said at each login. English, or Chinese where the locale is.
case $- in
	*i*)
		case "${GLASSBOX_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
			zh*)
				cat <<'TEXT'

  欢迎来到 Glassbox：动手弄懂 Linux 容器。

    glassbox            打开全部实验
    glassbox 01         直接进入第一个实验
    glassbox quiz 01    第一个实验的测验
    glassbox doctor     这台机器能运行什么

  交给老师的成绩文件请放在主目录（~）里。English: GLASSBOX_LANG=en glassbox

TEXT
				;;
			*)
				cat <<'TEXT'

  Welcome to Glassbox: learn how Linux containers work by doing it.

    glassbox            opens the labs
    glassbox 01         the first lab at once
    glassbox quiz 01    its questions
    glassbox doctor     what this machine can run

  Keep result files for your teacher in your home folder (~). 中文：GLASSBOX_LANG=zh glassbox

TEXT
				;;
		esac
		;;
esac
