/*
 * child.c - the process between clone3 and execve.
 *
 * It is a copy of the keeper (or of Node, which has threads): system calls only, no allocation, no locks, all signals
 * blocked until the very end. What it does itself, beside the plan: it closes the keeper's control sockets and main's
 * end of the sync socket, speaks over its own end, unblocks signals before execve, and leaves by exit_group. The sync
 * socket is close-on-exec: its end tells main that exec succeeded.
 */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"

#define FAILED_STATUS 127
#define ABANDONED_STATUS 126

static _Noreturn void leave(int status)
{
	syscall(SYS_exit_group, status);
	syscall(SYS_exit, status);
	__builtin_trap(); /* the plan's own seccomp filter refuses both */
}

static void say(int sync, uint32_t kind, uint32_t op, int64_t value)
{
	struct gb_word w = {kind, op, value};

	if (syscall(SYS_sendto, sync, &w, sizeof w, MSG_NOSIGNAL, NULL, 0) != sizeof w)
		leave(ABANDONED_STATUS); /* nobody is there to hear it */
}

static int64_t await_go(int sync)
{
	char go;

	if (syscall(SYS_recvfrom, sync, &go, sizeof go, 0, NULL, NULL) != sizeof go)
		leave(ABANDONED_STATUS);
	return 0;
}

/* Once only: a filter that was loaded meanwhile need not let it through. */
static void unblock_signals(bool *unblocked)
{
	uint64_t none = 0;

	if (!*unblocked)
		syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, sizeof none);
	*unblocked = true;
}

static int64_t step(struct gb_plan *p, const struct gb_op *op, struct gb_record *r, uint32_t i, int sync, bool *failed,
		    bool *unblocked)
{
	uint64_t arg[6];
	int64_t v = 0;

	if (!gb_args(p, op, arg)) {
		*failed = true;
		return r->result = -EBADF;
	}
	*failed = false;
	/* What is run by execveat is a program of ours, an init: no signal may be lost before it listens. */
	if (op->nr == SYS_execve || op->nr == SYS_seccomp)
		unblock_signals(unblocked);
	r->start_ns = gb_now();
	if (op->nr == GB_EXIT) {
		r->end_ns = r->start_ns;
		unblock_signals(unblocked);
		leave((int)arg[0]);
	}
	if (op->nr == GB_SYNC)
		say(sync, GB_WORD_SYNC, i, (int64_t)arg[0]);
	if (op->nr == GB_SYNC || op->nr == GB_HOLD)
		v = await_go(sync);
	else
		v = gb_call(p, op, arg, failed);
	r->result = v;
	r->end_ns = gb_now();
	return v;
}

/* CLONE_CLEAR_SIGHAND keeps ignored signals ignored, and Node ignores SIGPIPE. The raw call, since sigaction(3) refuses
 * the signals that glibc uses itself, which may well be inherited as ignored (GNU make does so). */
void gb_default_signals(void)
{
	struct { /* the kernel's, of which all is 0 here: SIG_DFL, no flags, an empty mask */
		uint64_t handler, flags, restorer, mask;
	} dfl = {0};

	for (int s = 1; s < _NSIG; s++)
		syscall(SYS_rt_sigaction, s, &dfl, NULL, sizeof dfl.mask);
}

_Noreturn void gb_child(struct gb_plan *p, const struct gb_env *env, int sync)
{
	const struct gb_op *ops = gb_ops(p->map) + p->h.n_main;
	struct gb_record *rec = p->rec + p->h.n_main;
	int64_t v = 0;
	uint32_t i, placing = GB_PLACING;
	bool failed, unblocked = false;

	if (env->child_close[0] >= 0)
		syscall(SYS_close_range, env->child_close[0], env->child_close[1], 0);
	syscall(SYS_close, p->sync);
	if (env->reset_signals)
		gb_default_signals();
	if (atomic_compare_exchange_strong(p->place, &placing, GB_PLACE_AWAITED))
		await_go(sync); /* the parent was interrupted */
	for (i = 0; i < p->h.n_child; i++) {
		v = step(p, &ops[i], &rec[i], i, sync, &failed, &unblocked);
		if (!failed)
			gb_put(p, &ops[i], v);
		else if (!gb_tolerated(ops[i].flags, v))
			break;
	}
	/* The last operation is an exec: when it was tolerated, it failed all the same. */
	say(sync, GB_WORD_FAILED, i < p->h.n_child ? i : p->h.n_child - 1, -v);
	leave(FAILED_STATUS);
}
