/*
 * spaces.c - the guard follows its worker into the namespaces that the worker's plans made.
 *
 * A plan may move the worker (unshare for a session's stage, setns). Undo plans mean what they say in those namespaces,
 * so when the guard has to run them it must be there too; but then the worker is dead and can't be asked. So the
 * worker sends its namespaces as descriptors, whenever a plan has changed them, over a socket that only those two hold:
 * what is in it survives the worker.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper.h"
#include "wire.h"

/* In the order of joining: the user namespace gives the right to join the others. */
static const char *const kind[] = {"user", "mnt", "uts", "ipc", "net", "cgroup", "time"};
#define KINDS ((int)(sizeof kind / sizeof kind[0]))

static bool look(const struct gb_keeper *k, uint64_t spaces[7])
{
	struct stat st;
	char path[32];

	for (int i = 0; i < KINDS; i++) {
		snprintf(path, sizeof path, "self/ns/%s", kind[i]);
		spaces[i] = fstatat(k->proc, path, &st, 0) ? 0 : st.st_ino;
	}
	return memcmp(spaces, k->spaces, sizeof k->spaces);
}

void gb_spaces_tell(struct gb_keeper *k)
{
	uint64_t spaces[7];
	int fds[7], n = 0;
	char byte = 0;
	struct iovec iov = {&byte, 1};
	char path[32];

	if (!look(k, spaces))
		return;
	for (int i = 0; i < KINDS; i++) {
		snprintf(path, sizeof path, "self/ns/%s", kind[i]);
		fds[n] = openat(k->proc, path, O_RDONLY | O_CLOEXEC);
		if (fds[n] >= 0)
			n++;
	}
	if (!gb_wire_send(k->link, &iov, 1, fds, n, MSG_DONTWAIT))
		memcpy(k->spaces, spaces, sizeof spaces); /* otherwise told after the next plan */
	while (n)
		close(fds[--n]);
}

void gb_spaces_hear(int link, int fds[7], int *n)
{
	int got[7], room;
	char byte;

	while (room = 7, gb_wire_recv(link, &byte, 1, got, &room, MSG_DONTWAIT) > 0) {
		while (*n)
			close(fds[--*n]);
		memcpy(fds, got, sizeof got);
		*n = room;
	}
}

void gb_spaces_join(const int fds[7], int n)
{
	/* Joining a namespace where one is already gives EINVAL or does nothing: both fine. */
	for (int i = 0; i < n; i++)
		setns(fds[i], 0);
}
