/*
 * init.c - the first process of a container that asks for one (`process.init`, as Docker's --init): it starts the program,
 * hands every signal on to it, reaps whatever is orphaned, and ends with the program's status: 128+N where signal N killed it.
 *
 * argv: its own name, the program's path, and the program's own argv. It has no rights that the program has not.
 * It uses no library: it is copied for each container, and nobody's filter meets a call that does not stand here.
 */
#include <errno.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "bare.h"

#define NOT_RUNNABLE 126
#define NOT_FOUND 127

static _Noreturn void leave(long status)
{
	for (;;)
		call(SYS_exit_group, status, 0, 0, 0, 0);
}

static struct iovec piece(const char *text)
{
	struct iovec v = {(void *)(uintptr_t)text, 0};

	while (text[v.iov_len])
		v.iov_len++;
	return v;
}

static const char *reason(long err)
{
	switch (err) {
	case ENOENT:
		return "No such file or directory";
	case EACCES:
		return "Permission denied";
	case EPERM:
		return "Operation not permitted";
	case ENOEXEC:
		return "Exec format error";
	case EAGAIN:
		return "Resource temporarily unavailable";
	case ENOMEM:
		return "Cannot allocate memory";
	default:
		return "cannot be run";
	}
}

static _Noreturn void fail(const char *what, long err)
{
	struct iovec line[] = {piece("init: "), piece(what), piece(": "), piece(reason(err)), piece("\n")};

	call(SYS_writev, 2, (long)line, sizeof line / sizeof *line, 0, 0);
	leave(err == ENOENT ? NOT_FOUND : NOT_RUNNABLE);
}

/* Between fork and execve: a session of its own, and the terminal is that session's, as if nobody stood before it. Its Ctrl-C
 * reaches the program alone, and Ctrl-Z nobody: the session has no shell that could wake what it stops (setpgid(2)). */
static _Noreturn void become(char **argv, char **env, long parent)
{
	uint64_t none = 0;

	call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (call(SYS_getppid, 0, 0, 0, 0, 0) != parent)
		leave(NOT_RUNNABLE);
	call(SYS_setsid, 0, 0, 0, 0, 0);
	call(SYS_ioctl, 0, TIOCSCTTY, 0, 0, 0); /* no terminal: no harm */
	call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&none, 0, sizeof none, 0);
	fail(argv[0], -call(SYS_execve, (long)argv[0], (long)(argv + 1), (long)env, 0, 0));
}

/* Reaps whatever has ended; when the program is among it, ends as that did. */
static void reap(long program)
{
	int status;
	long pid;

	while ((pid = call(SYS_wait4, -1, (long)&status, WNOHANG, 0, 0)) > 0) {
		if (pid == program)
			leave(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	}
}

void begin(long *stack)
{
	char **argv = (char **)(void *)(stack + 1), **env = argv;
	uint64_t all = ~0ull;
	long self = call(SYS_getpid, 0, 0, 0, 0, 0), program, signal, err;

	while (*env++)
		;
	if (env - argv < 4)
		fail("PATH ARG0 [ARG ...]", EINVAL);
	call(SYS_prctl, PR_SET_NAME, (long)"init", 0, 0, 0);
	call(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* without a PID namespace orphans would not come here */
	/* What is blocked waits for us, also what PID 1 would never hear of because it has no handler. */
	err = call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, 0, sizeof all, 0);
	if (err)
		fail("rt_sigprocmask", -err);
	program = call(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (program == 0)
		become(argv + 1, env, self);
	if (program < 0)
		fail("fork", -program);
	for (;;) {
		signal = call(SYS_rt_sigtimedwait, (long)&all, 0, 0, sizeof all, 0);
		if (signal == SIGCHLD)
			reap(program);
		else if (signal > 0)
			call(SYS_kill, program, signal, 0, 0, 0);
		else if (signal != -EINTR)
			fail("rt_sigtimedwait", -signal);
	}
}
