/*
 * decode.c - checks a plan completely before anything of it runs.
 *
 * A plan is straight-line code without jumps, so most mistakes can be proven here: a slot that is read before it is
 * written, a descriptor that would be lost, a main and a child that would wait for each other forever. What depends on
 * values that only exist at run time (addresses computed into slots, arguments stored into clone_args) is checked
 * again by run.c.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "decode.h"
#include "protocol.h"

_Static_assert(sizeof(struct gb_header) == 48, "the header's layout is a contract with encode.ts");
_Static_assert(sizeof(struct gb_op) == 56, "the operation's layout is a contract with encode.ts");
_Static_assert(sizeof(struct gb_record) == 24 && sizeof(struct gb_result) == 24, "so are the answers");
_Static_assert(GB_SLOTS == 64, "slots are kept as bits of a u64");

#define BITS 64u

struct look {
	const uint8_t *blob;
	const struct gb_header *h;
	const struct gb_op *ops;
	struct gb_fault *fault;
	uint32_t ops_end, pool, total;
	uint64_t set;                 /* slots that hold a value at this point of the plan */
	uint64_t out;                 /* slots whose descriptor will be handed out */
	uint32_t outs;                /* how many */
	uint32_t stops, waits, gos;   /* of the child; of main so far */
	bool cloned;
	uint64_t set_at_clone;
	uint64_t cell[GB_MAX_BLOB / 8 / BITS + 1]; /* which u64 of the blob are relocated */
};

enum section { MAIN, CHILD, FINAL };
static const char *const section_name[] = {"main", "child", "final"};

int gb_refuse(struct gb_fault *fault, int err, uint32_t where, const char *fmt, ...)
{
	va_list ap;

	fault->err = err;
	fault->where = where;
	va_start(ap, fmt);
	vsnprintf(fault->why, sizeof fault->why, fmt, ap);
	va_end(ap);
	return -err;
}

#define AT(field) ((uint32_t)offsetof(struct gb_header, field))
#define REFUSE(l, where, ...) gb_refuse((l)->fault, EINVAL, where, __VA_ARGS__)

static int check_header(struct look *l, uint32_t len, enum gb_kind kind)
{
	const struct gb_header *h = l->h;
	uint64_t ops, relocs_end, reply;

	if (h->magic != GB_MAGIC)
		return REFUSE(l, AT(magic), "a plan begins with %#x, this with %#x", GB_MAGIC, h->magic);
	if (h->total != len)
		return REFUSE(l, AT(total), "the header says %u bytes, %u came", h->total, len);
	if (h->flags || h->reserved)
		return REFUSE(l, h->flags ? AT(flags) : AT(reserved), "flags and reserved must be 0, are %#x and %#x", h->flags,
			      h->reserved);
	ops = (uint64_t)h->n_main + h->n_child + h->n_final;
	if (ops > GB_MAX_OPS)
		return REFUSE(l, AT(n_main), "at most %u operations, %llu came", GB_MAX_OPS, (unsigned long long)ops);
	if (h->n_reloc > GB_MAX_RELOCS)
		return REFUSE(l, AT(n_reloc), "at most %u relocations, %u came", GB_MAX_RELOCS, h->n_reloc);
	if (h->n_fds > GB_MAX_FDS)
		return REFUSE(l, AT(n_fds), "at most %u descriptors, %u announced", GB_MAX_FDS, h->n_fds);
	if (kind == GB_UNDO && (h->n_child || h->n_final || h->n_fds))
		return REFUSE(l, AT(n_child), "an undo plan has main only: %u child, %u final operations, %u descriptors came",
			      h->n_child, h->n_final, h->n_fds);

	l->ops_end = (uint32_t)(sizeof *h + ops * sizeof(struct gb_op));
	relocs_end = l->ops_end + (uint64_t)h->n_reloc * sizeof(uint32_t);
	/* Up to 7 bytes of padding, no more: bytes that nobody looks at have no place in a plan. */
	if (h->pool_off < relocs_end || h->pool_off - relocs_end > 7 || h->pool_off >= len)
		return REFUSE(l, AT(pool_off), "the pool begins at %llu (or up to 7 later) and before %u, not at %u",
			      (unsigned long long)relocs_end, len, h->pool_off);
	if (l->blob[len - 1])
		return REFUSE(l, len - 1, "the pool ends with a NUL byte, not with %#x", l->blob[len - 1]);
	l->pool = h->pool_off;
	l->total = len;

	if (h->out_len ? h->out_off < l->pool || (uint64_t)h->out_off + h->out_len > len : h->out_off != 0)
		return REFUSE(l, AT(out_off), "the out region lies in the pool, %u to %u, not %u bytes at %u", l->pool, len,
			      h->out_len, h->out_off);
	reply = sizeof(struct gb_msg) + sizeof(struct gb_result) + ops * sizeof(struct gb_record) + h->out_len;
	if (reply > GB_MAX_MESSAGE)
		return gb_refuse(l->fault, EMSGSIZE, AT(out_len), "an answer has at most %u bytes, this one would have %llu",
				 GB_MAX_MESSAGE, (unsigned long long)reply);
	return 0;
}

static bool relocated(const struct look *l, uint32_t at)
{
	return at % 8 == 0 && l->cell[at / 8 / BITS] >> (at / 8 % BITS) & 1;
}

static uint64_t u64_at(const struct look *l, uint32_t at)
{
	return *(const uint64_t *)(l->blob + at);
}

static int check_relocs(struct look *l)
{
	const uint32_t *reloc = gb_relocs(l->blob);

	memset(l->cell, 0, ((size_t)l->total / 8 / BITS + 1) * sizeof l->cell[0]);
	for (uint32_t i = 0; i < l->h->n_reloc; i++) {
		uint32_t at = reloc[i], where = l->ops_end + i * (uint32_t)sizeof *reloc;
		bool in_pool = at >= l->pool && l->total >= 8 && at <= l->total - 8;
		/* The first 8 bytes of an operation are its number and its flags. */
		bool in_args = at >= sizeof *l->h && at < l->ops_end && (at - sizeof *l->h) % sizeof(struct gb_op) >= 8;

		if (at % 8)
			return REFUSE(l, where, "relocation %u: cells are 8-byte aligned, %u is not", i, at);
		if (!in_pool && !in_args)
			return REFUSE(l, where, "relocation %u: a cell is an argument or in the pool, %u is neither", i, at);
		if (relocated(l, at))
			return REFUSE(l, where, "relocation %u: cell %u is relocated twice", i, at);
		if (u64_at(l, at) < l->pool || u64_at(l, at) >= l->total)
			return REFUSE(l, at, "relocation %u: cell %u must point into the pool, %u to %u, points to %llu", i, at,
				      l->pool, l->total, (unsigned long long)u64_at(l, at));
		l->cell[at / 8 / BITS] |= 1ull << (at / 8 % BITS);
	}
	return 0;
}

/* Calls that would pull the interpreter itself from under our feet. In main, so would those that replace it. */
static bool forbidden(uint32_t nr, enum section s)
{
	switch (nr) {
#ifdef SYS_fork
	case SYS_fork:
	case SYS_vfork:
#endif
	case SYS_clone:
	case SYS_clone3:
	case SYS_exit:
	case SYS_exit_group:
	case SYS_rt_sigreturn:
		return true;
	case SYS_execve:
	case SYS_execveat:
		return s != CHILD;
	}
	return false;
}

static bool pseudo_allowed(uint32_t nr, enum section s)
{
	switch (nr) {
	case GB_CLONE:
	case GB_WAIT:
	case GB_GO:
	case GB_EXECED:
	case GB_CHILD_WAIT:
		return s == MAIN;
	case GB_RMDIRS:
		return s != CHILD;
	case GB_SYNC:
	case GB_HOLD:
	case GB_EXIT:
		return s == CHILD;
	case GB_FORMAT:
	case GB_STORE:
	case GB_LOAD:
	case GB_CHECK:
	case GB_MOVE:
		return true;
	}
	return false;
}

static bool is_slot(const struct gb_op *op, unsigned i)
{
	return GB_F_ARG_IS_SLOT(op->flags, i);
}

static uint32_t arg_at(const struct look *l, const struct gb_op *op, unsigned i)
{
	return (uint32_t)((const uint8_t *)&op->arg[i] - l->blob);
}

const char *gb_clone_wrong(const struct clone_args *args)
{
	const uint64_t allowed = CLONE_PIDFD | CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP | CLONE_NEWNS | CLONE_NEWCGROUP |
				 CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;

	if (args->flags & ~allowed)
		return "only namespaces, CLONE_PIDFD, CLONE_CLEAR_SIGHAND and CLONE_INTO_CGROUP are allowed in clone's flags";
	if (!(args->flags & CLONE_PIDFD))
		return "CLONE_PIDFD must be in clone's flags";
	if (args->exit_signal != SIGCHLD)
		return "the exit signal must be SIGCHLD";
	if (args->stack || args->stack_size || args->tls)
		return "the child is a fork: stack, stack_size and tls must be 0";
	return NULL;
}

static int check_clone(struct look *l, const struct gb_op *op)
{
	uint32_t at = arg_at(l, op, 0), pidfd;
	struct clone_args args = {0};
	const char *wrong;

	if (l->cloned)
		return REFUSE(l, at, "a plan has one GB_CLONE, this is the second");
	if (!l->h->n_child)
		return REFUSE(l, at, "a GB_CLONE needs operations for its child, there are none");
	if (!relocated(l, at))
		return REFUSE(l, at, "GB_CLONE: argument 0 must be a relocated address of clone_args in the pool");
	if (is_slot(op, 1) || (op->arg[1] != 64 && op->arg[1] != 80 && op->arg[1] != 88))
		return REFUSE(l, arg_at(l, op, 1), "GB_CLONE: clone_args has 64, 80 or 88 bytes, not %llu",
			      (unsigned long long)op->arg[1]);
	if (op->arg[0] % 8 || op->arg[0] + op->arg[1] > l->total)
		return REFUSE(l, at, "GB_CLONE: clone_args at %llu is not aligned or does not fit before %u",
			      (unsigned long long)op->arg[0], l->total);
	at = (uint32_t)op->arg[0];
	memcpy(&args, l->blob + at, op->arg[1]);
	pidfd = at + (uint32_t)offsetof(struct clone_args, pidfd);
	if (!relocated(l, pidfd) || args.pidfd % 4 || args.pidfd + 4 > l->total)
		return REFUSE(l, pidfd, "GB_CLONE: clone_args.pidfd must be the relocated, aligned address of 4 bytes in the pool");
	wrong = gb_clone_wrong(&args);
	if (wrong)
		return REFUSE(l, at, "GB_CLONE: %s", wrong);
	l->cloned = true;
	l->set_at_clone = l->set;
	return 0;
}

static bool stops(const struct gb_op *op)
{
	return op->nr == GB_SYNC || op->nr == GB_HOLD;
}

/* How many GB_GO the child needs until it comes to its n-th GB_SYNC, counted from 0. False: it has not so many. */
static bool gos_before(const struct look *l, uint32_t n, uint32_t *gos)
{
	const struct gb_op *op = l->ops + l->h->n_main;

	*gos = 0;
	for (uint32_t i = 0; i < l->h->n_child; i++) {
		if (op[i].nr == GB_SYNC && n-- == 0)
			return true;
		*gos += stops(&op[i]);
	}
	return false;
}

/* Main and child can't wait for each other: where the child stops for the n-th time, it needs main's n-th GB_GO, and main
 * may wait for something only when nothing that comes before it in the child still needs a GB_GO. */
static int check_order(struct look *l, const struct gb_op *op)
{
	uint32_t at = arg_at(l, op, 0), needed;

	if (!l->cloned)
		return REFUSE(l, at, "there is no child before GB_CLONE");
	if (op->nr == GB_WAIT) {
		if (!gos_before(l, l->waits, &needed) || needed > l->gos)
			return REFUSE(l, at, "this GB_WAIT would wait forever: %u before it, %u GB_GO, the child stops %u times",
				      l->waits, l->gos, l->stops);
		l->waits++;
	} else if (op->nr == GB_GO) {
		if (l->gos >= l->stops)
			return REFUSE(l, at, "the child stops %u times (GB_SYNC, GB_HOLD), this GB_GO is one too many", l->stops);
		l->gos++;
	} else if (l->gos < l->stops) {
		return REFUSE(l, at, "main would wait forever: the child stops %u times (GB_SYNC, GB_HOLD), but only %u GB_GO came before",
			      l->stops, l->gos);
	}
	return 0;
}

static bool width_ok(const struct gb_op *op, unsigned i)
{
	uint64_t w = op->arg[i];

	return is_slot(op, i) || w == 1 || w == 2 || w == 4 || w == 8;
}

static int check_memory(struct look *l, const struct gb_op *op)
{
	unsigned w = op->nr == GB_STORE ? 2 : 1;
	uint64_t bytes = op->nr == GB_FORMAT || is_slot(op, w) ? 2 : op->arg[w];

	if (op->nr != GB_FORMAT && !width_ok(op, w))
		return REFUSE(l, arg_at(l, op, w), "a width is 1, 2, 4 or 8 bytes, not %llu", (unsigned long long)op->arg[w]);
	/* An address in a slot is checked when it is used. */
	if (!is_slot(op, 0) && (!relocated(l, arg_at(l, op, 0)) || op->arg[0] + bytes > l->total))
		return REFUSE(l, arg_at(l, op, 0), "argument 0 must be the relocated address of %llu bytes in the pool",
			      (unsigned long long)bytes);
	return 0;
}

static int check_rmdirs(struct look *l, const struct gb_op *op)
{
	if (!relocated(l, arg_at(l, op, 0)))
		return REFUSE(l, arg_at(l, op, 0), "GB_RMDIRS: argument 0 must be the relocated address of a path in the pool");
	if (is_slot(op, 1) || op->arg[1] > GB_RMDIRS_MS)
		return REFUSE(l, arg_at(l, op, 1), "GB_RMDIRS: patience is at most %u ms, not %llu", GB_RMDIRS_MS,
			      (unsigned long long)op->arg[1]);
	return 0;
}

static int check_flags(struct look *l, const struct gb_op *op, enum section s, uint32_t i)
{
	uint32_t at = (uint32_t)((const uint8_t *)&op->flags - l->blob), result = GB_F_RESULT(op->flags);
	uint64_t bit = result ? 1ull << ((result - 1) % BITS) : 0;

	if (op->flags >> 28)
		return REFUSE(l, at, "%s %u: unknown flags %#x", section_name[s], i, op->flags >> 28 << 28);
	if (result > GB_SLOTS)
		return REFUSE(l, at, "%s %u: there are %u slots, result goes to %u", section_name[s], i, GB_SLOTS, result - 1);
	if (op->flags & GB_F_OUT && (s == CHILD || !(op->flags & GB_F_FD)))
		return REFUSE(l, at, "%s %u: GB_F_OUT goes with GB_F_FD, and not in the child", section_name[s], i);
	if (op->flags & GB_F_FD && (!result || (op->nr >= GB_MAX_SYSCALL && op->nr != GB_LOAD)))
		return REFUSE(l, at, "%s %u: GB_F_FD needs a result slot, and a system call or GB_LOAD", section_name[s], i);
	for (unsigned k = 0; k < 6; k++) {
		if (!is_slot(op, k))
			continue;
		if (relocated(l, arg_at(l, op, k)))
			return REFUSE(l, arg_at(l, op, k), "%s %u: argument %u is both a slot and relocated", section_name[s], i, k);
		if (op->arg[k] >= GB_SLOTS)
			return REFUSE(l, arg_at(l, op, k), "%s %u: argument %u is slot %llu, there are %u", section_name[s], i, k,
				      (unsigned long long)op->arg[k], GB_SLOTS);
		if (!(l->set >> op->arg[k] & 1))
			return REFUSE(l, arg_at(l, op, k), "%s %u: argument %u reads slot %llu before anything is put there",
				      section_name[s], i, k, (unsigned long long)op->arg[k]);
	}
	if (s != CHILD && bit & l->out)
		return REFUSE(l, at, "%s %u: slot %u holds a descriptor that is to be handed out", section_name[s], i, result - 1);
	if (op->flags & GB_F_OUT) {
		l->out |= bit;
		if (++l->outs > GB_MAX_FDS)
			return REFUSE(l, at, "at most %u descriptors are handed out", GB_MAX_FDS);
	}
	l->set |= bit;
	return 0;
}

static int check_op(struct look *l, const struct gb_op *op, enum section s, uint32_t i)
{
	uint32_t at = (uint32_t)((const uint8_t *)op - l->blob);
	int err;

	if (op->nr < GB_MAX_SYSCALL ? forbidden(op->nr, s) : !pseudo_allowed(op->nr, s))
		return REFUSE(l, at, "%s %u: operation %#x is not allowed here", section_name[s], i, op->nr);
	/* Before its own result is noted: the child does not see the slot that GB_CLONE fills. */
	if (op->nr == GB_CLONE) {
		err = check_clone(l, op);
		if (err)
			return err;
	}
	err = check_flags(l, op, s, i);
	if (err)
		return err;
	switch (op->nr) {
	case GB_WAIT:
	case GB_GO:
	case GB_EXECED:
	case GB_CHILD_WAIT:
		return check_order(l, op);
	case GB_FORMAT:
	case GB_STORE:
	case GB_LOAD:
	case GB_CHECK:
		return check_memory(l, op);
	case GB_RMDIRS:
		return check_rmdirs(l, op);
	}
	return 0;
}

static int check_section(struct look *l, enum section s, uint32_t from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		int err = check_op(l, &l->ops[from + i], s, i);

		if (err)
			return err;
	}
	return 0;
}

static int check_child(struct look *l)
{
	const struct gb_op *last = &l->ops[l->h->n_main + l->h->n_child - 1];

	if (!l->cloned)
		return REFUSE(l, AT(n_child), "%u operations for a child, but main has no GB_CLONE", l->h->n_child);
	if (l->gos < l->stops)
		return REFUSE(l, AT(n_child), "the child would wait forever: it stops %u times (GB_SYNC, GB_HOLD), main has only %u GB_GO",
			      l->stops, l->gos);
	if (last->nr != SYS_execve && last->nr != SYS_execveat && last->nr != GB_EXIT)
		return REFUSE(l, (uint32_t)((const uint8_t *)last - l->blob),
			      "the child must end with execve, execveat or GB_EXIT, not with %#x", last->nr);
	return check_section(l, CHILD, l->h->n_main, l->h->n_child);
}

static int check_ops(struct look *l)
{
	const struct gb_header *h = l->h;
	uint64_t set;
	int err;

	l->ops = gb_ops(l->blob);
	for (uint32_t i = 0; i < h->n_child; i++)
		l->stops += stops(&l->ops[h->n_main + i]);
	if (l->stops > GB_MAX_STOPS)
		return REFUSE(l, AT(n_child), "a child stops at most %u times (GB_SYNC, GB_HOLD), this one %u times", GB_MAX_STOPS,
			      l->stops);
	l->set = h->n_fds ? ~0ull >> (BITS - h->n_fds) : 0;
	err = check_section(l, MAIN, 0, h->n_main);
	if (err)
		return err;
	set = l->set;
	l->set = l->set_at_clone;
	err = h->n_child ? check_child(l) : 0;
	if (err)
		return err;
	l->set = set;
	return check_section(l, FINAL, h->n_main + h->n_child, h->n_final);
}

int gb_decode(const uint8_t *blob, uint32_t len, enum gb_kind kind, struct gb_fault *fault)
{
	struct look l; /* not cleared as a whole: the cells are 16 KiB */
	int err;

	memset(&l, 0, offsetof(struct look, cell));
	l.blob = blob;
	l.h = (const struct gb_header *)blob;
	l.fault = fault;
	if (len < sizeof *l.h)
		return gb_refuse(fault, EINVAL, len, "a plan has at least %zu bytes, %u came", sizeof *l.h, len);
	if (len > GB_MAX_BLOB)
		return gb_refuse(fault, EMSGSIZE, AT(total), "a plan has at most %u bytes, %u came", GB_MAX_BLOB, len);
	err = check_header(&l, len, kind);
	if (!err)
		err = check_relocs(&l);
	if (!err)
		err = check_ops(&l);
	return err;
}
