/* init_test.c - the init that starts a container's program: its status, signals, orphans. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#ifndef INIT
#define INIT "build/glassbox-init"
#endif

/* Runs a script by the init, with its output (and errors) in *from. */
static pid_t start(const char *file, const char *script, int *from)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails by its alarm leaves nothing */
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		execl(INIT, "init", file, "sh", "-c", script, (char *)NULL);
		_exit(99);
	}
	close(ends[1]);
	*from = ends[0];
	return pid;
}

static int status_of(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* All that comes until everybody has closed the other end. */
static const char *rest(int from)
{
	static char text[1024];
	size_t n = 0;
	ssize_t got;

	while ((got = read(from, text + n, sizeof text - 1 - n)) > 0)
		n += (size_t)got;
	text[n] = 0;
	close(from);
	return text;
}

static void ends(const char *what, const char *file, const char *script, int status, const char *says)
{
	int from;
	pid_t pid = start(file, script, &from);
	const char *said = rest(from);
	int got = status_of(pid);

	check(got == status && !strcmp(said, says), "%s: %d, \"%s\"", what, got, said);
}

static void signals(void)
{
	const int handled[] = {SIGHUP, SIGINT, SIGUSR1, SIGTERM, SIGALRM, SIGWINCH};
	char line[64], expected[64];
	int from;
	pid_t pid = start("/bin/sh", "for s in 1 2 10 15 14 28; do trap \"echo $s\" $s; done; trap 'exit 5' 12; "
				     "echo ready; while :; do sleep 0.01; done",
			  &from);
	FILE *f = fdopen(from, "r");

	check(fgets(line, sizeof line, f) && !strcmp(line, "ready\n"), "the program runs");
	for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) {
		kill(pid, handled[i]);
		snprintf(expected, sizeof expected, "%d\n", handled[i]);
		check(fgets(line, sizeof line, f) && !strcmp(line, expected), "signal %d reaches the program", handled[i]);
	}
	kill(pid, SIGUSR2);
	check(status_of(pid) == 5, "and the program's status is the init's");
	fclose(f);
}

/* Three orphans that end while the init is stopped: it hears of them by one SIGCHLD. Each ends only when its parent has: else that
 * might reap it. */
static void orphans(void)
{
	ends("orphans are reaped", "/bin/sh",
	     "kill -STOP $PPID; all=; for i in 1 2 3; do "
	     "p=$(sh -c 'while read -r _ _ _ parent _ </proc/self/stat; [ $parent = $$ ]; do :; done & echo $!'); all=\"$all $p\"; "
	     "until read -r _ _ state _ </proc/$p/stat && [ $state = Z ]; do :; done; done; kill -CONT $PPID; "
	     "for p in $all; do while [ -e /proc/$p ]; do :; done; done; echo gone",
	     0, "gone\n");
}

int main(void)
{
	alarm(60); /* what waits for ever has failed */
	ends("a status", "/bin/sh", "echo $0; exit 7", 7, "sh\n");
	ends("a death by a signal", "/bin/sh", "kill -9 $$", 137, "");
	ends("a program that is not there", "/nowhere", "", 127, "init: /nowhere: No such file or directory\n");
	ends("one that may not be run", "/etc/passwd", "", 126, "init: /etc/passwd: Permission denied\n");
	ends("a session of its own", "/bin/sh",
	     "read -r _ _ _ _ group session _ </proc/$$/stat; [ $group = $$ ] && [ $session = $$ ]", 0, "");
	signals();
	orphans();
	return summary();
}
