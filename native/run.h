/*
 * run.h - carries out a plan that decode.c has passed.
 */
#ifndef GLASSBOX_RUN_H
#define GLASSBOX_RUN_H

#include <errno.h>
#include <stdatomic.h>
#include <time.h>

#include "decode.h"

/* What surrounds a run. Descriptors are -1 where there are none. */
struct gb_env {
	int hangup;               /* a socket: when its other end is gone, waiting operations stop with ECANCELED */
	int stop;                 /* the same when this one becomes readable */
	int child_close[2];       /* first and last descriptor that the child must not keep, even before exec */
	bool reset_signals;       /* this process may ignore signals: the child undoes that */
	bool borrowed_fds;        /* descriptors that came with the plan are the caller's: don't close them */
};

struct gb_plan {
	uint8_t *map;             /* blob, then the records: shared with the child, so that its records are seen here */
	size_t map_size;
	struct gb_header h;
	struct gb_record *rec;
	_Atomic(uint32_t) *place; /* GB_PLACING …, behind the records */
	struct gb_result res;
	int64_t slot[GB_SLOTS];
	uint64_t set, owned;      /* slots that hold a value; a descriptor that is closed at the end */
	int sync, pidfd;
	bool pidfd_owned;         /* not by a slot */
	bool reaped, moved;       /* the child was reaped; main changed namespaces of this process */
};

/* Copies, checks and relocates a blob. 0, or -errno with *fault filled in and nothing to drop. */
int gb_load(struct gb_plan *p, const uint8_t *blob, uint32_t len, enum gb_kind kind, struct gb_fault *fault);

/* Runs main and final. fds (h.n_fds of them) become the first slots. The outcome is in p->res and p->rec. */
void gb_run_plan(struct gb_plan *p, const struct gb_env *env, const int *fds);

/* Descriptors to be handed out, in the order of the operations; none when main failed. They are the caller's now. */
int gb_give_outs(struct gb_plan *p, int fds[]);

/* Closes descriptors, but keeps what gb_exec_event needs of a child that is GB_RUNNING. */
void gb_close_fds(struct gb_plan *p);

/* The sync socket of a GB_RUNNING child has something to say: true when p->res tells the end of it. Does not wait. */
bool gb_exec_event(struct gb_plan *p);

/* Gives everything back. */
void gb_drop(struct gb_plan *p);

static inline uint64_t gb_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* For child.c and run.c. While its parent sees to it that the child starts on another processor, the child may run on fewer
 * than it is to have, and must not have changed so much that the parent could not undo that: so it waits. */
enum { GB_PLACED, GB_PLACING, GB_PLACE_AWAITED };

struct gb_word {
	uint32_t kind, op; /* kind: GB_WORD_* */
	int64_t value;
};
enum { GB_WORD_SYNC = 1, GB_WORD_FAILED };

static inline bool gb_tolerated(uint32_t flags, int64_t result)
{
	uint32_t t = GB_F_TOLERATE(flags);

	if (t == GB_TOLERATE_ABSENT)
		return result == -ENOENT || result == -ENOTDIR;
	return t == GB_TOLERATE_ANY || (t && -result == t);
}

/* Arguments with slots put in; false when a slot is empty. */
bool gb_args(const struct gb_plan *p, const struct gb_op *op, uint64_t arg[6]);
/* System calls and memory operations. *failed says whether the result is an errno. */
int64_t gb_call(struct gb_plan *p, const struct gb_op *op, const uint64_t arg[6], bool *failed);
void gb_put(struct gb_plan *p, const struct gb_op *op, int64_t value);
/* Whether these bytes lie in the plan's pool. */
bool gb_in_pool(const struct gb_plan *p, uint64_t addr, uint64_t bytes);
/* GB_RMDIRS: 0 or -errno. */
int gb_rmdirs(const char *path, uint32_t patience_ms);
/* All dispositions to SIG_DFL. */
void gb_default_signals(void);
_Noreturn void gb_child(struct gb_plan *p, const struct gb_env *env, int sync);

#endif
