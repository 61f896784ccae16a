/*
 * sweep.c - kills until there is nothing left to kill.
 *
 * The process is a subreaper: whatever slips away from its parent (setsid, double fork) becomes our child when that
 * parent dies. So it is enough to kill children again and again, until the kernel says that there are none. Only
 * children are killed, never their children: a child's number can't be given to a stranger before we have reaped it,
 * so kill(2) hits exactly whom we mean.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "keeper.h"

static ssize_t read_whole(int proc, const char *path, char *buf, size_t cap)
{
	int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0, r = 0;

	if (fd < 0)
		return -errno;
	while ((size_t)n < cap - 1 && (r = read(fd, buf + n, cap - 1 - (size_t)n)) > 0)
		n += r;
	close(fd);
	buf[n] = 0;
	return r < 0 ? -EIO : n;
}

int gb_kill_children_by_stat(int proc)
{
	int fd = openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), self = getpid(), n = 0;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	char path[32], stat[512];
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		const char *after;
		char *end;
		long pid = strtol(e->d_name, &end, 10);

		if (*end || pid <= 0)
			continue;
		snprintf(path, sizeof path, "%ld/stat", pid);
		if (read_whole(proc, path, stat, sizeof stat) <= 0)
			continue;
		/* "pid (name) state ppid": the name may hold anything, parentheses too. */
		after = strrchr(stat, ')');
		if (after && strlen(after) > 4 && atoi(after + 4) == self && !kill((pid_t)pid, SIGKILL))
			n++;
	}
	if (dir)
		closedir(dir);
	return n;
}

int gb_kill_children(int proc)
{
	static char list[1 << 14]; /* what does not fit is killed in the next round */
	char path[64], *s, *end;
	ssize_t len;
	int n = 0;

	snprintf(path, sizeof path, "%d/task/%ld/children", getpid(), syscall(SYS_gettid));
	len = read_whole(proc, path, list, sizeof list);
	if (len < 0)
		return gb_kill_children_by_stat(proc);
	for (s = list; *s; s = end) {
		long pid = strtol(s, &end, 10);

		if (end == s)
			break;
		if (*end != ' ') /* cut in two by the end of the buffer: another process's number */
			break;
		if (pid > 0 && !kill((pid_t)pid, SIGKILL))
			n++;
		while (*end == ' ')
			end++;
	}
	return n;
}

void gb_sweep(int proc)
{
	sigset_t chld;
	/* A grandchild may become ours without any death among our children: look again from time to time. */
	struct timespec again = {0, 20 * 1000 * 1000};
	pid_t pid;

	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	for (;;) {
		while ((pid = waitpid(-1, NULL, WNOHANG | __WALL)) > 0)
			;
		if (pid < 0 && errno == ECHILD)
			return;
		gb_kill_children(proc);
		sigtimedwait(&chld, NULL, &again);
	}
}
