/*
 * worker.c - the keeper's loop: requests in, answers and events out.
 *
 * One process, one thread, one plan at a time. Signals stay blocked for good and are read from descriptors.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "keeper.h"
#include "protocol.h"
#include "wire.h"

/* Tags of what epoll watches; others are pids of children that have not exec'ed yet. */
#define ON_SOCKET (1ull << 32)
#define ON_CHLD (2ull << 32)
#define ON_TERM (3ull << 32)

static uint64_t inbox[GB_MAX_MESSAGE / 8 + 1]; /* u64: plans are aligned */

static void say(struct gb_keeper *k, const struct iovec *iov, int n_iov, const int *fds, int n_fds)
{
	int err;

	if (k->gone)
		return;
	while ((err = gb_wire_send(k->sock, iov, n_iov, fds, n_fds, MSG_DONTWAIT)) == -EAGAIN) {
		/* The client is slow. Wait for it, but not longer than it lives. */
		struct pollfd set[] = {{k->sock, POLLOUT | POLLRDHUP, 0}, {k->term, POLLIN, 0}};

		poll(set, 2, -1);
		if (set[0].revents & (POLLHUP | POLLRDHUP | POLLERR) || set[1].revents) {
			k->gone = true;
			return;
		}
	}
	if (err) /* gone, or it would wait forever for an answer that can't be sent: the keeper's end is at least clear */
		k->gone = true;
	/* When the pipe is full the client has bells enough to hear. */
	else if (write(k->bell, "!", 1) < 0 && errno == EPIPE)
		k->gone = true;
}

void gb_say(struct gb_keeper *k, const struct gb_msg *m, const void *payload, size_t len)
{
	struct iovec iov[] = {{(void *)m, sizeof *m}, {(void *)payload, len}};

	say(k, iov, len ? 2 : 1, NULL, 0);
}

/* What is handed out is closed after the answer, everything else before it: whoever has the answer can rely on pipes
 * and mounts being let go. */
void gb_say_plan(struct gb_keeper *k, struct gb_msg *m, struct gb_plan *p, uint32_t first, uint32_t n, bool whole)
{
	struct iovec iov[] = {
		{m, sizeof *m},
		{&p->res, sizeof p->res},
		{p->rec + first, n * sizeof *p->rec},
		{p->map + p->h.out_off, whole ? p->h.out_len : 0},
	};
	int fds[GB_MAX_FDS], n_fds = whole ? gb_give_outs(p, fds) : 0;

	gb_close_fds(p);
	say(k, iov, 4, fds, n_fds);
	while (n_fds)
		close(fds[--n_fds]);
}

static void refuse(struct gb_keeper *k, uint32_t tag, const struct gb_fault *f)
{
	struct gb_msg m = {GB_REFUSED, tag, (uint32_t)f->err, f->where};

	gb_say(k, &m, f->why, strlen(f->why));
}

static void ok(struct gb_keeper *k, uint32_t tag, uint32_t a, uint32_t b)
{
	struct gb_msg m = {GB_OK, tag, a, b};

	gb_say(k, &m, NULL, 0);
}

static void hello(struct gb_keeper *k, const struct gb_msg *m)
{
	struct gb_msg answer = {GB_OK, m->tag, GB_PROTOCOL, (uint32_t)getpid()};
	uint32_t guard = (uint32_t)k->guard;
	struct gb_fault f;

	if (m->a != GB_PROTOCOL) {
		gb_refuse(&f, EPROTO, 0, "this keeper speaks protocol %u, not %u", GB_PROTOCOL, m->a);
		refuse(k, m->tag, &f);
		return;
	}
	gb_say(k, &answer, &guard, sizeof guard);
}

static void done(struct gb_keeper *k, uint32_t tag, struct gb_plan *p)
{
	struct gb_msg m = {.type = GB_DONE, .tag = tag};

	gb_say_plan(k, &m, p, 0, gb_n_ops(&p->h), true);
}

static void run(struct gb_keeper *k, const struct gb_msg *m, const uint8_t *blob, uint32_t len, const int *fds, int n_fds)
{
	struct gb_fault f;
	struct gb_plan p;
	int err = gb_load(&p, blob, len, GB_PLAN, &f);

	if (!err && p.h.n_fds != (uint32_t)n_fds)
		err = gb_refuse(&f, EINVAL, offsetof(struct gb_header, n_fds), "%u descriptors announced, %d came", p.h.n_fds,
				n_fds);
	if (!err && p.h.n_child && gb_children_full())
		err = gb_refuse(&f, EAGAIN, 0, "%u processes are alive already", GB_MAX_CHILDREN);
	if (err) {
		for (int i = 0; i < n_fds; i++)
			close(fds[i]);
		gb_drop(&p);
		refuse(k, m->tag, &f);
		return;
	}
	gb_run_plan(&p, &k->env, fds);
	if (p.moved)
		gb_spaces_tell(k);
	done(k, m->tag, &p);
	gb_children_add(k, m->tag, &p);
	gb_drop(&p);
}

static void undo_run(struct gb_keeper *k, const struct gb_msg *m)
{
	struct gb_plan p;

	while (gb_undo_run(m->a, &k->env, &p)) {
		bool last = !gb_undo_more(m->a);

		if (last)
			done(k, m->tag, &p);
		gb_drop(&p);
		if (last)
			return;
	}
	ok(k, m->tag, 0, 0);
}

static void sweep(struct gb_keeper *k)
{
	gb_undo_phase(0);
	gb_sweep(k->proc);
	gb_undo_phase(1);
}

static void handle(struct gb_keeper *k, const struct gb_msg *m, uint32_t len, const int *fds, int n_fds)
{
	const uint8_t *payload = (const uint8_t *)(m + 1);
	struct gb_fault f;

	if (m->type == GB_RUN) {
		run(k, m, payload, len, fds, n_fds);
		return;
	}
	for (int i = 0; i < n_fds; i++)
		close(fds[i]);
	switch (m->type) {
	case GB_HELLO:
		hello(k, m);
		break;
	case GB_UNDO_PUSH:
		if (gb_undo_push(m->a, m->b, payload, len, &f))
			refuse(k, m->tag, &f);
		else
			ok(k, m->tag, 0, 0);
		break;
	case GB_UNDO_RUN:
		undo_run(k, m);
		break;
	case GB_UNDO_DROP:
		ok(k, m->tag, gb_undo_drop(m->a), 0);
		break;
	case GB_QUIT:
		sweep(k);
		ok(k, m->tag, 0, 0);
		_exit(0);
	default:
		gb_refuse(&f, ENOSYS, 0, "there is no request of type %u", m->type);
		refuse(k, m->tag, &f);
	}
}

static void receive(struct gb_keeper *k)
{
	struct gb_msg *m = (struct gb_msg *)inbox;
	int fds[GB_MAX_FDS], n_fds = GB_MAX_FDS;
	struct gb_fault f;
	ssize_t n = gb_wire_recv(k->sock, inbox, GB_MAX_MESSAGE, fds, &n_fds, MSG_DONTWAIT);

	if (n == -EAGAIN)
		return;
	if (n == -EMSGSIZE) {
		gb_refuse(&f, EMSGSIZE, 0, "a message has at most %u bytes and %u descriptors", GB_MAX_MESSAGE, GB_MAX_FDS);
		refuse(k, m->tag, &f);
		return;
	}
	if (n < (ssize_t)sizeof *m) { /* its end, or not our client */
		k->gone = true;
		return;
	}
	handle(k, m, (uint32_t)n - (uint32_t)sizeof *m, fds, n_fds);
}

static int signal_fd(int a, int b)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, a);
	sigaddset(&set, b);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void watch(struct gb_keeper *k, int fd, uint32_t events, uint64_t what)
{
	struct epoll_event e = {.events = events, .data.u64 = what};

	if (epoll_ctl(k->epoll, EPOLL_CTL_ADD, fd, &e))
		_exit(3);
}

static void set_up(struct gb_keeper *k)
{
	k->epoll = epoll_create1(EPOLL_CLOEXEC);
	k->chld = signal_fd(SIGCHLD, SIGCHLD);
	k->term = signal_fd(SIGTERM, SIGTERM);
	watch(k, k->sock, EPOLLIN | EPOLLRDHUP, ON_SOCKET);
	watch(k, k->chld, EPOLLIN, ON_CHLD);
	watch(k, k->term, EPOLLIN, ON_TERM);
	k->env = (struct gb_env){.hangup = k->sock, .stop = k->term, .child_close = {k->sock, k->bell}};
}

static void dispatch(struct gb_keeper *k, const struct epoll_event *e)
{
	struct signalfd_siginfo si;

	switch (e->data.u64) {
	case ON_SOCKET:
		/* What a dead client still had to say no longer matters. */
		if (e->events & (EPOLLHUP | EPOLLRDHUP | EPOLLERR))
			k->gone = true;
		else
			receive(k);
		break;
	case ON_CHLD:
		/* Read before reaping, so that no death between the two is missed. */
		if (read(k->chld, &si, sizeof si) > 0)
			gb_children_reap(k);
		break;
	case ON_TERM:
		k->gone = true;
		break;
	default:
		gb_children_heard(k, (pid_t)e->data.u64);
	}
}

_Noreturn void gb_worker(struct gb_keeper *k)
{
	struct epoll_event events[16];

	set_up(k);
	gb_spaces_tell(k);
	while (!k->gone) {
		int n = epoll_wait(k->epoll, events, 16, -1);

		for (int i = 0; i < n && !k->gone; i++)
			dispatch(k, &events[i]);
	}
	sweep(k);
	_exit(0);
}
