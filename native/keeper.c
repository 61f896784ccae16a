/*
 * keeper.c - start of the keeper, and the guard.
 *
 * Two processes: the worker does everything (worker.c), the guard only waits for the worker's death. When the worker
 * was killed, its descendants become the guard's, and the guard sweeps: kill -9 of Node and of the worker at the same
 * moment still leaves nothing. When the guard is killed, the worker gets SIGTERM and sweeps.
 *
 * Started by lib.c with a socket on descriptor 3, the doorbell's write end on 4, and nothing else but /dev/null.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"

static _Noreturn void fail(const char *why)
{
	if (write(2, why, strlen(why)) < 0) { /* nobody to tell */
	}
	_exit(2);
}

static void block_signals(void)
{
	sigset_t all;

	/* Children inherit ignored signals: here is the one place where that ends. */
	gb_default_signals();
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

static bool keep_home(const struct gb_keeper *k, const char *path, int as)
{
	int fd = openat(k->proc, path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && dup3(fd, as, O_CLOEXEC) == as;

	if (fd >= 0)
		close(fd);
	return ok;
}

static void open_all(struct gb_keeper *k, int link[2])
{
	struct stat st;
	int type = 0;
	socklen_t len = sizeof type;

	if (getsockopt(GB_SOCKET_FD, SOL_SOCKET, SO_TYPE, &type, &len) || type != SOCK_SEQPACKET ||
	    fstat(GB_BELL_FD, &st))
		fail("glassbox-keeper is started by glassbox, not by hand\n");
	syscall(SYS_close_range, GB_BELL_FD + 1, ~0u, 0);
	fcntl(GB_SOCKET_FD, F_SETFD, FD_CLOEXEC);
	fcntl(GB_BELL_FD, F_SETFD, FD_CLOEXEC);
	fcntl(GB_BELL_FD, F_SETFL, O_WRONLY | O_NONBLOCK);
	k->sock = GB_SOCKET_FD;
	k->bell = GB_BELL_FD;
	k->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* A kernel without cgroup namespaces has no undo plan that needs that one. */
	keep_home(k, "self/ns/cgroup", GB_HOME_CGROUP_FD);
	if (k->proc < 0 || !keep_home(k, "self/ns/mnt", GB_HOME_MNT_FD) || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link) || gb_undo_open())
		fail("glassbox-keeper can't start: no /proc, no memory or no descriptors\n");
}

/* Waits for the worker's death, and keeps the namespaces that it tells of. */
static void guard_wait(int worker, int link, int spaces[7], int *n_spaces)
{
	int fd = (int)syscall(SYS_pidfd_open, worker, 0);
	struct pollfd set[] = {{fd, POLLIN, 0}, {link, POLLIN, 0}};

	while (poll(set, 2, -1) < 0 || !set[0].revents) {
		if (set[1].revents & POLLIN)
			gb_spaces_hear(link, spaces, n_spaces);
		else if (set[1].revents)
			set[1].fd = -1;
	}
	gb_spaces_hear(link, spaces, n_spaces);
	close(fd);
}

static _Noreturn void guard(struct gb_keeper *k, pid_t worker)
{
	int spaces[7], n_spaces = 0, status = 0;
	sigset_t open_to;

	prctl(PR_SET_NAME, "gb-guard");
	close(k->sock);
	close(k->bell);
	/* A polite kill ends the guard, so that the worker sweeps. */
	sigemptyset(&open_to);
	sigaddset(&open_to, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &open_to, NULL);

	guard_wait(worker, k->link, spaces, &n_spaces);
	sigprocmask(SIG_BLOCK, &open_to, NULL); /* from here on the guard is the last one */
	waitpid(worker, &status, 0);
	if (!gb_undo_empty())
		gb_spaces_join(spaces, n_spaces);
	gb_undo_phase(0);
	gb_sweep(k->proc);
	gb_undo_phase(1);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

int main(void)
{
	struct gb_keeper k = {.guard = getpid()};
	int link[2];
	pid_t worker;

	block_signals();
	open_all(&k, link);
	umask(022);
	if (chdir("/"))
		fail("glassbox-keeper can't enter /\n");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	worker = fork();
	if (worker < 0)
		fail("glassbox-keeper can't fork\n");
	k.link = link[worker ? 0 : 1];
	close(link[worker ? 1 : 0]);
	if (worker)
		guard(&k, worker);

	prctl(PR_SET_NAME, "gb-keeper");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != k.guard)
		_exit(0); /* it died in between: nothing has been done yet */
	gb_worker(&k);
}
