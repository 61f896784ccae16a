/*
 * run.c - main and final of a plan, and the parent's half of everything about the child.
 *
 * Blob and records lie in one shared mapping, so that the child, a copy and not a thread, can still leave its records
 * and whatever it writes into the pool. Slots are private: the child starts with main's as they were at the clone.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "protocol.h"
#include "run.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif
#define ALIGN8(n) (((size_t)(n) + 7) & ~(size_t)7)
#define RECORDS_SIZE (GB_MAX_OPS * sizeof(struct gb_record))
#define PLACE_SIZE sizeof(uint64_t)
/* Room for any plan that fits a message. Pages that are never touched cost nothing. */
#define USUAL_MAP (ALIGN8(GB_MAX_MESSAGE) + RECORDS_SIZE + PLACE_SIZE)
/* Longest time between a child's death and our hearing that it closed its sync socket. */
#define DYING_MS 5000

/* One mapping is kept for the next plan: mapping and unmapping costs more than most plans do. Node may call from
 * several threads. */
static _Atomic(uint8_t *) spare;

static uint8_t *map_get(size_t need, size_t *size)
{
	uint8_t *map = need <= USUAL_MAP ? atomic_exchange(&spare, NULL) : NULL;

	*size = need <= USUAL_MAP ? USUAL_MAP : need;
	if (map)
		return map;
	map = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return map == MAP_FAILED ? NULL : map;
}

static void map_put(uint8_t *map, size_t size, bool still_shared)
{
	uint8_t *old = map;

	if (size == USUAL_MAP && !still_shared)
		old = atomic_exchange(&spare, map);
	if (old)
		munmap(old, size);
}

int gb_load(struct gb_plan *p, const uint8_t *blob, uint32_t len, enum gb_kind kind, struct gb_fault *fault)
{
	const uint32_t *reloc;
	int err;

	memset(p, 0, sizeof *p);
	p->sync = p->pidfd = -1;
	p->res = (struct gb_result){.main_op = -1, .child_op = -1, .pid = -1};
	if (len > GB_MAX_BLOB)
		return gb_refuse(fault, EMSGSIZE, 0, "a plan has at most %u bytes, %u came", GB_MAX_BLOB, len);
	p->map = map_get(ALIGN8(len) + RECORDS_SIZE + PLACE_SIZE, &p->map_size);
	if (!p->map)
		return gb_refuse(fault, ENOMEM, 0, "no memory for a plan of %u bytes", len);
	/* Checked is the copy, so that nobody can change it after the check. */
	memcpy(p->map, blob, len);
	err = gb_decode(p->map, len, kind, fault);
	if (err) {
		map_put(p->map, p->map_size, false);
		p->map = NULL;
		return err;
	}
	memcpy(&p->h, p->map, sizeof p->h);
	reloc = gb_relocs(p->map);
	for (uint32_t i = 0; i < p->h.n_reloc; i++)
		*(uint64_t *)(p->map + reloc[i]) += (uintptr_t)p->map;
	p->rec = (struct gb_record *)(p->map + ALIGN8(len));
	p->place = (_Atomic(uint32_t) *)(void *)(p->rec + gb_n_ops(&p->h));
	memset(p->rec, 0, gb_n_ops(&p->h) * sizeof *p->rec);
	return 0;
}

/* ---- descriptors: a slot flagged GB_F_FD owns its descriptor ---- */

static void own(struct gb_plan *p, unsigned slot, int64_t fd)
{
	uint64_t bit = 1ull << slot;

	if (fd < 0)
		return;
	for (unsigned i = 0; i < GB_SLOTS; i++)
		if (p->owned >> i & 1 && p->slot[i] == fd)
			p->owned &= ~(1ull << i); /* the same descriptor, loaded twice: closed once */
	if (fd == p->pidfd)
		p->pidfd_owned = false;
	p->owned |= bit;
}

/* A plan may close its descriptors itself. */
static void disown(struct gb_plan *p, int64_t fd)
{
	for (unsigned i = 0; i < GB_SLOTS; i++)
		if (p->owned >> i & 1 && p->slot[i] == fd)
			p->owned &= ~(1ull << i);
	if (fd == p->pidfd) {
		p->pidfd = -1;
		p->pidfd_owned = false;
	}
}

static void put(struct gb_plan *p, const struct gb_op *op, int64_t value)
{
	uint32_t n = GB_F_RESULT(op->flags);
	uint64_t bit = n ? 1ull << (n - 1) : 0;

	if (p->owned & bit) { /* the slot is used again: its former descriptor has no other owner */
		if (!(op->flags & GB_F_FD) || p->slot[n - 1] != value)
			close((int)p->slot[n - 1]);
		p->owned &= ~bit;
	}
	gb_put(p, op, value);
	if (op->flags & GB_F_FD)
		own(p, n - 1, value);
}

static const struct gb_op *op_of(const struct gb_plan *p, uint32_t i)
{
	return gb_ops(p->map) + i;
}

int gb_give_outs(struct gb_plan *p, int fds[])
{
	uint32_t all = gb_n_ops(&p->h), n = 0;

	if (p->res.main_op >= 0)
		return 0;
	for (uint32_t i = 0; i < all; i++) {
		const struct gb_op *op = op_of(p, i);
		uint32_t slot = GB_F_RESULT(op->flags) - 1;

		if (!(op->flags & GB_F_OUT) || !(p->owned >> slot & 1))
			continue;
		fds[n++] = (int)p->slot[slot];
		p->owned &= ~(1ull << slot);
	}
	return (int)n;
}

void gb_close_fds(struct gb_plan *p)
{
	for (unsigned i = 0; p->owned && i < GB_SLOTS; i++)
		if (p->owned >> i & 1)
			close((int)p->slot[i]);
	p->owned = 0;
	if (p->pidfd_owned)
		close(p->pidfd);
	p->pidfd = -1;
	p->pidfd_owned = false;
}

void gb_drop(struct gb_plan *p)
{
	gb_close_fds(p);
	if (p->sync >= 0)
		close(p->sync);
	p->sync = -1;
	/* A child that closed its sync socket without a word may still be alive, and write. */
	if (p->map)
		map_put(p->map, p->map_size, p->res.state == GB_RUNNING || (p->res.child_op == -2 && !p->reaped));
	p->map = NULL;
}

/* ---- the child, seen from its parent ---- */

static bool child_status(const struct gb_plan *p, int options, int *status)
{
	siginfo_t si = {0};
	bool by_fd = p->pidfd >= 0;
	int err;

	do
		err = waitid(by_fd ? (idtype_t)P_PIDFD : P_PID, by_fd ? (id_t)p->pidfd : (id_t)p->res.pid, &si,
			     WEXITED | options);
	while (err && errno == EINTR);
	if (err || !si.si_pid)
		return false;
	*status = si.si_code == CLD_EXITED ? si.si_status : 128 + si.si_status;
	return true;
}

static void kill_child(struct gb_plan *p)
{
	int status;

	if (p->reaped)
		return;
	if (p->pidfd < 0 || syscall(SYS_pidfd_send_signal, p->pidfd, SIGKILL, NULL, 0))
		kill(p->res.pid, SIGKILL); /* not reaped yet, so the number is still the child's */
	p->reaped = child_status(p, 0, &status);
	p->res.state = GB_CHILD_GONE;
}

/* Waits for fd; 0, -ECANCELED when the client is gone or the keeper is told to stop, -ETIMEDOUT. */
static int64_t await(const struct gb_env *env, int fd, int timeout)
{
	struct pollfd set[] = {{fd, POLLIN, 0}, {env->hangup, POLLRDHUP, 0}, {env->stop, POLLIN, 0}};
	int n;

	do
		n = poll(set, 3, timeout);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if (set[1].revents || set[2].revents)
		return -ECANCELED;
	return n ? 0 : -ETIMEDOUT;
}

/* The operation that the child began last, or -1. */
static int last_begun(const struct gb_plan *p)
{
	int i = (int)p->h.n_child;

	while (--i >= 0 && !p->rec[p->h.n_main + (uint32_t)i].start_ns)
		;
	return i;
}

/* The sync socket has ended: the child has exec'ed, left by GB_EXIT, or died. Its last record tells which. */
static void sync_ended(struct gb_plan *p, const struct gb_env *env)
{
	int last = last_begun(p), status = 0;
	const struct gb_op *op = last < 0 ? NULL : op_of(p, p->h.n_main + (uint32_t)last);
	struct gb_record *r = p->rec + p->h.n_main + (last < 0 ? 0 : last);

	close(p->sync);
	p->sync = -1;
	p->res.state = GB_CHILD_GONE;
	if (op && (op->nr == SYS_execve || op->nr == SYS_execveat) && !r->end_ns) {
		r->end_ns = gb_now();
		p->res.state = GB_EXEC_DONE;
	} else if (!op || op->nr != GB_EXIT) {
		/* Its descriptors are closed a moment before it can be waited for. */
		if (env && p->pidfd >= 0)
			await(env, p->pidfd, DYING_MS);
		p->res.child_op = -2;
		p->res.child_errno = child_status(p, WNOHANG | WNOWAIT, &status) ? status : 0;
	}
}

/* Hears one word of the child that is ready to be read. 0: it has reached a GB_SYNC with *value. -ECHILD: it is beyond
 * that (p->res says how). */
static int64_t hear(struct gb_plan *p, const struct gb_env *env, int64_t *value)
{
	struct gb_word w;
	ssize_t n;

	/* A child that failed with a GB_GO unread leaves an ECONNRESET in front of its last word. */
	do
		n = recv(p->sync, &w, sizeof w, MSG_DONTWAIT);
	while (n < 0 && (errno == EINTR || errno == ECONNRESET));
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return -EAGAIN;
	if (n != sizeof w) {
		sync_ended(p, env);
		return -ECHILD;
	}
	if (w.kind == GB_WORD_SYNC) {
		*value = w.value;
		return 0;
	}
	close(p->sync);
	p->sync = -1;
	p->res.state = GB_CHILD_GONE;
	p->res.child_op = (int32_t)w.op;
	p->res.child_errno = (int32_t)w.value;
	return -ECHILD;
}

static int64_t wait_sync(struct gb_plan *p, const struct gb_env *env, bool *failed)
{
	int64_t value = 0, err;

	do {
		err = p->sync < 0 ? -ECHILD : await(env, p->sync, -1);
		if (!err)
			err = hear(p, env, &value);
	} while (err == -EAGAIN);
	*failed = err != 0; /* the value may be any number, an errno's too */
	return err ? err : value;
}

static int64_t wait_exec(struct gb_plan *p, const struct gb_env *env)
{
	int64_t value, err = 0;

	while (p->sync >= 0) {
		err = await(env, p->sync, -1);
		if (!err)
			hear(p, env, &value); /* a GB_SYNC that main did not wait for: passed over */
		else
			return err;
	}
	return p->res.state == GB_EXEC_DONE ? 0 : -ECHILD;
}

static int64_t wait_exit(struct gb_plan *p, const struct gb_env *env)
{
	int64_t value, err = 0;
	int status = 0;

	if (p->pidfd >= 0)
		err = await(env, p->pidfd, -1);
	if (err)
		return err;
	if (!child_status(p, WNOWAIT, &status))
		return -errno;
	while (p->sync >= 0 && hear(p, NULL, &value) != -EAGAIN)
		; /* what it said before it died */
	p->reaped = child_status(p, 0, &status);
	p->res.state = GB_CHILD_GONE;
	return status;
}

static int64_t go(struct gb_plan *p)
{
	if (p->sync < 0 || send(p->sync, "g", 1, MSG_NOSIGNAL) != 1)
		return -ECHILD;
	return 0;
}

/*
 * The scheduler often leaves a new process where its parent runs, to spare an idle processor: there it waits until the
 * parent, which has more to do, is done. Taken from here for a moment, it starts at once on another processor. Only where
 * this process may run on all of them: then all is what its copy had before and gets back (sched_setaffinity(2)).
 */
static bool elsewhere(cpu_set_t *others)
{
	static int processors;
	int here = sched_getcpu();

	if (!processors)
		processors = get_nprocs();
	if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof *others, others) || CPU_COUNT(others) < 2 ||
	    CPU_COUNT(others) != processors)
		return false;
	CPU_CLR(here, others);
	return true;
}

/* We may be interrupted between the two calls for as long as a whole program takes: the child waits for the second one. */
static void start_elsewhere(const struct gb_plan *p, pid_t pid, const cpu_set_t *others)
{
	cpu_set_t all;

	memset(&all, 0xff, sizeof all);
	if (!sched_setaffinity(pid, sizeof *others, others))
		sched_setaffinity(pid, sizeof all, &all);
	if (atomic_exchange(p->place, GB_PLACED) == GB_PLACE_AWAITED)
		send(p->sync, "g", 1, MSG_NOSIGNAL);
}

/* Standard descriptors are the plan's to set: the sync socket must not be among them. */
static int above_stdio(int fd)
{
	int high;

	if (fd > 2)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	close(fd);
	return high;
}

static int64_t do_clone(struct gb_plan *p, const struct gb_env *env, const uint64_t arg[6])
{
	struct clone_args *args = (struct clone_args *)(uintptr_t)arg[0], copy = {0};
	uint64_t all = ~0ull, before;
	cpu_set_t others;
	int ends[2];
	long pid;
	bool moves;

	memcpy(&copy, args, arg[1]);
	if (gb_clone_wrong(&copy) || !gb_in_pool(p, copy.pidfd, sizeof p->pidfd))
		return -EINVAL;
	args->flags |= CLONE_CLEAR_SIGHAND;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	p->sync = above_stdio(ends[0]);
	ends[1] = above_stdio(ends[1]);
	if (p->sync < 0 || ends[1] < 0) { /* a child that could not be heard would be waited for in vain */
		close(p->sync < 0 ? ends[1] : p->sync);
		p->sync = -1;
		return -EMFILE;
	}
	moves = elsewhere(&others);
	atomic_store(p->place, moves ? GB_PLACING : GB_PLACED);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, sizeof all);
	pid = syscall(SYS_clone3, args, arg[1]);
	if (pid == 0)
		gb_child(p, env, ends[1]);
	if (pid < 0)
		pid = -errno;
	else if (moves)
		start_elsewhere(p, (pid_t)pid, &others);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
	close(ends[1]);
	if (pid < 0) {
		close(p->sync);
		p->sync = -1;
		return pid;
	}
	p->res.pid = (int32_t)pid;
	p->res.state = GB_RUNNING;
	memcpy(&p->pidfd, (const void *)(uintptr_t)copy.pidfd, sizeof p->pidfd);
	p->pidfd_owned = true;
	return pid;
}

/* ---- operations in order ---- */

static int64_t act(struct gb_plan *p, const struct gb_env *env, const struct gb_op *op, const uint64_t arg[6], bool *failed)
{
	int64_t v;

	switch (op->nr) {
	case GB_WAIT:
		return wait_sync(p, env, failed);
	case GB_CLONE:
		v = do_clone(p, env, arg);
		break;
	case GB_GO:
		v = go(p);
		break;
	case GB_EXECED:
		v = wait_exec(p, env);
		break;
	case GB_CHILD_WAIT:
		v = wait_exit(p, env);
		break;
	default:
		v = gb_call(p, op, arg, failed);
		if (*failed)
			return v;
		if (op->nr == SYS_close)
			disown(p, (int64_t)arg[0]);
		else if (op->nr == SYS_unshare || (op->nr == SYS_setns && arg[1] != CLONE_NEWPID))
			p->moved = true;
		return v;
	}
	*failed = v < 0;
	return v;
}

/* Runs operation i of the plan. 0, or the errno of a failure that is not tolerated. */
static int step(struct gb_plan *p, const struct gb_env *env, uint32_t i)
{
	const struct gb_op *op = op_of(p, i);
	struct gb_record *r = &p->rec[i];
	uint64_t arg[6], start;
	bool failed = false;

	if (!gb_args(p, op, arg)) {
		failed = true;
		r->result = -EBADF;
	} else {
		start = gb_now();
		r->start_ns = start;
		r->result = act(p, env, op, arg, &failed);
		r->end_ns = gb_now();
	}
	if (!failed) {
		put(p, op, r->result);
		return 0;
	}
	return gb_tolerated(op->flags, r->result) ? 0 : (int)-r->result;
}

void gb_run_plan(struct gb_plan *p, const struct gb_env *env, const int *fds)
{
	uint32_t first_final = p->h.n_main + p->h.n_child;
	int err = 0;

	for (uint32_t i = 0; i < p->h.n_fds; i++) {
		p->slot[i] = fds[i];
		p->set |= 1ull << i;
		if (!env->borrowed_fds)
			own(p, i, fds[i]);
	}
	for (uint32_t i = 0; i < p->h.n_main && !err; i++) {
		err = step(p, env, i);
		if (err) {
			p->res.main_op = (int32_t)i;
			p->res.main_errno = err;
		}
	}
	/* What has failed half-way is no container: its process goes before final clears up around it. */
	if (err && p->res.pid > 0) {
		gb_exec_event(p); /* if it was the child that failed first, it has said so */
		kill_child(p);
		if (p->sync >= 0)
			close(p->sync);
		p->sync = -1;
	}
	for (uint32_t i = first_final; i < gb_n_ops(&p->h); i++)
		step(p, env, i);
}

bool gb_exec_event(struct gb_plan *p)
{
	int64_t value;

	while (p->sync >= 0)
		if (hear(p, NULL, &value) == -EAGAIN)
			return false;
	return true;
}
