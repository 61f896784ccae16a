/*
 * lib.c - libglassbox.so, loaded into Node by koffi.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib.h"
#include "protocol.h"
#include "run.h"
#include "wire.h"

#define API __attribute__((visibility("default")))
#ifndef P_PIDFD
#define P_PIDFD 3
#endif

static _Thread_local struct gb_fault fault;

API const char *gb_why(void)
{
	return fault.why;
}

API uint32_t gb_where(void)
{
	return fault.where;
}

static uint8_t *append(uint8_t *to, const void *from, size_t len)
{
	memcpy(to, from, len);
	return to + len;
}

API int gb_run(const uint8_t *blob, uint32_t len, uint8_t *out, uint32_t out_cap, int32_t *fds, int32_t *nfds)
{
	const struct gb_env env = {
		.hangup = -1, .stop = -1, .child_close = {-1, -1}, .reset_signals = true, .borrowed_fds = true};
	struct gb_plan p;
	size_t records, need;
	uint8_t *o = out;
	int err = gb_load(&p, blob, len, GB_PLAN, &fault);

	if (err)
		return err;
	records = gb_n_ops(&p.h) * sizeof *p.rec;
	need = sizeof p.res + records + p.h.out_len;
	if (need > out_cap)
		err = gb_refuse(&fault, ENOBUFS, 0, "the answer has %zu bytes, there is room for %u", need, out_cap);
	else if (p.h.n_fds != (uint32_t)*nfds)
		err = gb_refuse(&fault, EINVAL, offsetof(struct gb_header, n_fds), "%u descriptors announced, %d came", p.h.n_fds,
				*nfds);
	if (err) {
		gb_drop(&p);
		return err;
	}
	gb_run_plan(&p, &env, fds);
	*nfds = gb_give_outs(&p, fds);
	o = append(o, &p.res, sizeof p.res);
	o = append(o, p.rec, records);
	o = append(o, p.map + p.h.out_off, p.h.out_len);
	gb_drop(&p);
	return (int)(o - out);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define CLOSED __attribute__((cleanup(close_fd))) int

/* posix_spawn's dup2 must not hit a descriptor that is still to be copied. */
static int out_of_the_way(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, 16);

	close(fd);
	return high;
}

/* Where the machine's default is smaller, the largest message must still fit. */
static void roomy(int sock)
{
	int bytes = GB_MAX_MESSAGE + 32 * 1024;

	setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

static int start(const char *path, int null, int sock, int bell, pid_t *pid)
{
	char *const argv[] = {(char *)"glassbox-keeper", NULL}, *const env[] = {NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int err;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	for (int fd = 0; fd <= 2; fd++)
		posix_spawn_file_actions_adddup2(&files, null, fd);
	posix_spawn_file_actions_adddup2(&files, sock, 3);
	posix_spawn_file_actions_adddup2(&files, bell, 4);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	/* A session of its own: the terminal's Ctrl-C and hang-up are Node's to handle. */
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
	err = posix_spawn(pid, path, &files, &attr, argv, env);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return -err;
}

API int gb_keeper(const char *path, int32_t *out)
{
	CLOSED null = -1, theirs = -1, ring = -1, ours = -1, hear = -1;
	int pair[2], pipes[2], err;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return -errno;
	ours = pair[0];
	theirs = out_of_the_way(pair[1]);
	if (pipe2(pipes, O_CLOEXEC))
		return -errno;
	hear = pipes[0];
	ring = out_of_the_way(pipes[1]);
	null = out_of_the_way(open("/dev/null", O_RDWR | O_CLOEXEC));
	if (theirs < 0 || ring < 0 || null < 0 || fcntl(ours, F_SETFL, O_RDWR | O_NONBLOCK) || fcntl(hear, F_SETFL, O_NONBLOCK))
		return -errno;
	roomy(ours);
	roomy(theirs);
	err = start(path, null, theirs, ring, &pid);
	if (err)
		return err;
	out[0] = ours;
	out[1] = hear;
	out[2] = pid;
	out[3] = (int32_t)syscall(SYS_pidfd_open, pid, 0);
	ours = hear = -1;
	return 0;
}

API int gb_reap(int32_t pidfd)
{
	siginfo_t si = {0};

	if (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &si, WEXITED | WNOHANG))
		return -errno;
	if (!si.si_pid)
		return -EAGAIN;
	return si.si_code == CLD_EXITED ? si.si_status : 128 + si.si_status;
}

API int gb_rmdir(const char *paths, uint32_t len)
{
	for (const char *path = paths; path < paths + len; path += strlen(path) + 1)
		if (rmdir(path) && errno != ENOENT)
			return -errno;
	return 0;
}

API int gb_send(int32_t fd, const uint8_t *head, uint32_t head_len, const uint8_t *payload, uint32_t len, const int32_t *fds,
		int32_t n)
{
	struct iovec iov[] = {{(void *)head, head_len}, {(void *)payload, len}};

	return gb_wire_send(fd, iov, len ? 2 : 1, fds, n, MSG_DONTWAIT);
}

API int gb_recv(int32_t fd, uint8_t *buf, uint32_t cap, int32_t *fds, int32_t *n)
{
	return (int)gb_wire_recv(fd, buf, cap, fds, n, MSG_DONTWAIT);
}
