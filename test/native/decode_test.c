/*
 * decode_test.c - every kind of malformed plan is refused, with errno, place and sentence, and nothing of it runs.
 *
 * Each case is a good plan with one thing wrong. Its first operation makes a directory: that is how we would see it run.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../native/lib.h"
#include "harness.h"

static char marker[64];
static uint8_t out[1 << 20];

static struct draft *good(uint32_t *args)
{
	const char *const argv[] = {"/bin/true", NULL};
	struct draft *d = new_draft();

	OP(d, MAIN, SYS_mkdirat, 0, I(-100), P(add_text(d, marker)), I(0700));
	*args = add_clone(d, 0, 0);
	OP(d, MAIN, GB_LOAD, RESULT(1) | GB_F_FD, P(*args + PIDFD_AT), I(4));
	OP(d, MAIN, GB_WAIT, RESULT(2), I(0));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, MAIN, GB_CHILD_WAIT, RESULT(3), I(0));
	OP(d, CHILD, SYS_getpid, 0, I(0));
	OP(d, CHILD, GB_SYNC, 0, I(1));
	OP(d, CHILD, SYS_execve, 0, P(add_text(d, argv[0])), P(add_argv(d, argv)), P(add_bytes(d, NULL, 8)));
	OP(d, FINAL, SYS_unlinkat, 0, I(-100), P(add_text(d, marker)), I(0x200));
	add_text(d, "the end of the pool");
	return d;
}

/* Runs, or rather does not run, a blob. sentence: a part of what must be said. */
static void refused_blob(const char *what, const uint8_t *blob, uint32_t len, int err, const char *sentence)
{
	int32_t n = 0, fds[GB_MAX_FDS];
	int got = gb_run(blob, len, out, sizeof out, fds, &n);
	bool ran = !access(marker, F_OK);

	check(got == -err && strstr(gb_why(), sentence) && gb_where() <= len + 8 && !ran, "refused: %s (%d at %u: %s)%s", what, got,
	      gb_where(), got < 0 ? gb_why() : "", ran ? " AND IT RAN" : "");
	if (ran)
		rmdir(marker);
}

static void refused(const char *what, struct draft *d, const char *sentence)
{
	uint32_t len;
	uint8_t *b = finish(d, &len);

	refused_blob(what, b, len, EINVAL, sentence);
}

#define HEADER(what, change, err, sentence)                            \
	do {                                                           \
		uint32_t len, args;                                    \
		uint8_t *b = finish(good(&args), &len);                \
		struct gb_header *h = (struct gb_header *)b;           \
		(void)h;                                               \
		change;                                                \
		refused_blob(what, b, len, err, sentence);             \
	} while (0)

static uint32_t *first_reloc(uint8_t *b)
{
	struct gb_header *h = (struct gb_header *)b;

	return (uint32_t *)(b + sizeof *h + (h->n_main + h->n_child + h->n_final) * sizeof(struct gb_op));
}

static void test_header(void)
{
	HEADER("empty", len = 0, EINVAL, "at least 48");
	HEADER("half a header", len = 47, EINVAL, "at least 48");
	HEADER("wrong magic", h->magic++, EINVAL, "begins with");
	HEADER("total too small", h->total--, EINVAL, "the header says");
	HEADER("total too large", h->total++, EINVAL, "the header says");
	HEADER("cut off", len -= 8, EINVAL, "the header says");
	HEADER("flags", h->flags = 1, EINVAL, "must be 0");
	HEADER("reserved", h->reserved = 1, EINVAL, "must be 0");
	HEADER("too many operations", h->n_final = GB_MAX_OPS, EINVAL, "at most 4096 operations");
	HEADER("counts that overflow", h->n_main = h->n_child = 0x80000000u, EINVAL, "operations");
	HEADER("too many relocations", h->n_reloc = GB_MAX_RELOCS + 1, EINVAL, "relocations");
	HEADER("more relocations than there are", h->n_reloc += 4, EINVAL, "the pool begins");
	HEADER("too many descriptors", h->n_fds = GB_MAX_FDS + 1, EINVAL, "descriptors");
	HEADER("pool before the relocations' end", h->pool_off -= 8, EINVAL, "the pool begins");
	HEADER("a gap before the pool", h->pool_off += 8, EINVAL, "the pool begins");
	HEADER("pool beyond the end", h->pool_off = len, EINVAL, "the pool begins");
	HEADER("pool that does not end with NUL", b[len - 1] = 'x', EINVAL, "NUL");
	HEADER("out region before the pool", (h->out_off = h->pool_off - 8, h->out_len = 8), EINVAL, "out region");
	HEADER("out region beyond the end", (h->out_off = len - 4, h->out_len = 8), EINVAL, "out region");
	HEADER("out region that overflows", (h->out_off = h->pool_off, h->out_len = 0xffffffffu), EINVAL, "out region");
	HEADER("out offset without length", h->out_off = h->pool_off, EINVAL, "out region");
	HEADER("above the size limit", (len = GB_MAX_BLOB + 1, h->total = len), EMSGSIZE, "at most");
	HEADER("descriptors that did not come", h->n_fds = 2, EINVAL, "2 descriptors announced, 0 came");
}

static void test_relocs(void)
{
	HEADER("relocation twice", first_reloc(b)[1] = first_reloc(b)[0], EINVAL, "twice");
	HEADER("relocation not aligned", first_reloc(b)[0] += 4, EINVAL, "aligned");
	HEADER("relocation of the header", first_reloc(b)[0] = 8, EINVAL, "neither");
	HEADER("relocation of number and flags", first_reloc(b)[0] = 48, EINVAL, "neither");
	HEADER("relocation of a relocation", first_reloc(b)[0] = h->pool_off - 8, EINVAL, "neither");
	HEADER("relocation at the end", first_reloc(b)[0] = len, EINVAL, "neither");
	HEADER("relocation far outside", first_reloc(b)[0] = 0xfffffff8u, EINVAL, "neither");
	HEADER("pointer before the pool", *(uint64_t *)(b + first_reloc(b)[0]) = h->pool_off - 1, EINVAL, "point into the pool");
	HEADER("pointer to the end", *(uint64_t *)(b + first_reloc(b)[0]) = len, EINVAL, "point into the pool");
	HEADER("pointer with high bits", *(uint64_t *)(b + first_reloc(b)[0]) |= 1ull << 40, EINVAL, "point into the pool");
}

#define CASE(what, change, sentence)                  \
	do {                                          \
		uint32_t args;                        \
		struct draft *d = good(&args);        \
		struct gb_op *m = d->op[MAIN], *c = d->op[CHILD], *f = d->op[FINAL]; \
		(void)m, (void)c, (void)f, (void)args; \
		change;                               \
		refused(what, d, sentence);           \
	} while (0)
#define CLONE_ARGS(d, args) ((struct clone_args *)((d)->bytes + (args)))

static void test_ops(void)
{
	const uint32_t never[] = {SYS_clone, SYS_clone3, SYS_exit, SYS_exit_group, SYS_rt_sigreturn};
#ifdef SYS_fork
	CASE("fork", m[0].nr = SYS_fork, "not allowed");
	CASE("vfork", c[0].nr = SYS_vfork, "not allowed");
#endif
	for (unsigned i = 0; i < sizeof never / sizeof never[0]; i++) {
		CASE("forbidden call in main", m[0].nr = never[i], "not allowed");
		CASE("forbidden call in the child", c[0].nr = never[i], "not allowed");
		CASE("forbidden call in final", f[0].nr = never[i], "not allowed");
	}
	CASE("execve in main", m[0].nr = SYS_execve, "not allowed");
	CASE("execveat in final", f[0].nr = SYS_execveat, "not allowed");
	CASE("number beyond system calls", m[0].nr = GB_MAX_SYSCALL, "not allowed");
	CASE("unknown pseudo operation", m[0].nr = 0x1000e, "not allowed");
	CASE("GB_SYNC in main", m[4].nr = GB_SYNC, "not allowed");
	CASE("GB_EXIT in main", m[4].nr = GB_EXIT, "not allowed");
	CASE("GB_WAIT in the child", c[0].nr = GB_WAIT, "not allowed");
	CASE("GB_CLONE in the child", c[0].nr = GB_CLONE, "not allowed");
	CASE("GB_RMDIRS in the child", c[0].nr = GB_RMDIRS, "not allowed");
	CASE("GB_RMDIRS without a path", m[0].nr = GB_RMDIRS, "path in the pool");
	CASE("GB_EXECED in final", f[0].nr = GB_EXECED, "not allowed");
	CASE("GB_HOLD in main", m[4].nr = GB_HOLD, "not allowed");
	CASE("GB_SYNC in final", f[0].nr = GB_SYNC, "not allowed");

	CASE("unknown flag", m[0].flags |= 1u << 31, "unknown flags");
	CASE("result slot that is not there", m[0].flags |= 65, "slots");
	CASE("argument slot that is not there", (m[4].flags |= 1 << 8, m[4].arg[0] = 64), "argument 0 is slot 64");
	CASE("slot read before it is written", (m[4].flags |= 1 << 8, m[4].arg[0] = 9), "before anything");
	CASE("child reads a slot that main fills later", (c[0].flags |= 1 << 8, c[0].arg[0] = 1), "before anything");
	CASE("child reads the slot of the clone", (c[0].flags |= 1 << 8, c[0].arg[0] = 0), "before anything");
	CASE("final reads a slot of the child", (c[0].flags |= RESULT(20), f[0].flags |= 1 << 10, f[0].arg[2] = 20), "before anything");
	CASE("argument relocated and a slot", (m[3].flags |= RESULT(0), m[0].flags |= 1 << 9), "both");
	CASE("GB_F_OUT without GB_F_FD", m[2].flags = RESULT(1) | GB_F_OUT, "goes with");
	CASE("GB_F_FD without a slot", m[0].flags |= GB_F_FD, "needs a result slot");
	CASE("GB_F_FD on a pseudo operation", m[3].flags |= GB_F_FD, "needs a result slot");
	CASE("GB_F_OUT in the child", c[0].flags |= GB_F_FD | GB_F_OUT | RESULT(5), "GB_F_OUT");
	CASE("slot of GB_F_OUT used again", (m[2].flags |= GB_F_OUT, m[3].flags = RESULT(1)), "handed out");
}

static void test_clone(void)
{
	CASE("two clones", (m[4] = m[1], d->pointers[MAIN][4] = 1), "second");
	CASE("clone without child", (d->n[CHILD] = 0), "operations for its child");
	CASE("child without clone", (m[1].nr = SYS_getpid, m[2].nr = SYS_getpid, m[2].flags = 0, d->n[MAIN] = 3), "no GB_CLONE");
	CASE("clone_args not in the pool", d->pointers[MAIN][1] = 0, "relocated");
	CASE("clone_args of odd size", m[1].arg[1] = 72, "64, 80 or 88");
	CASE("size of clone_args in a slot", (m[0].flags |= RESULT(8), m[1].flags |= 1 << 9, m[1].arg[1] = 8), "64, 80 or 88");
	CASE("clone_args beyond the end", m[1].arg[0] = d->pool - d->pool % 8 - 16, "does not fit");
	CASE("clone_args not aligned", m[1].arg[0] += 4, "not aligned");
	CASE("pidfd not relocated", d->cell[0] = args + 72, "clone_args.pidfd");
	CASE("CLONE_VM", CLONE_ARGS(d, args)->flags |= CLONE_VM, "only namespaces");
	CASE("CLONE_VFORK", CLONE_ARGS(d, args)->flags |= CLONE_VFORK, "only namespaces");
	CASE("CLONE_THREAD", CLONE_ARGS(d, args)->flags |= CLONE_THREAD, "only namespaces");
	CASE("CLONE_FILES", CLONE_ARGS(d, args)->flags |= CLONE_FILES, "only namespaces");
	CASE("CLONE_PARENT", CLONE_ARGS(d, args)->flags |= CLONE_PARENT, "only namespaces");
	CASE("no CLONE_PIDFD", CLONE_ARGS(d, args)->flags = 0, "CLONE_PIDFD");
	CASE("other exit signal", CLONE_ARGS(d, args)->exit_signal = SIGUSR1, "SIGCHLD");
	CASE("a stack", CLONE_ARGS(d, args)->stack = 4096, "stack");
}

static void test_order(void)
{
	CASE("GB_WAIT before the clone", m[0].nr = GB_WAIT, "before GB_CLONE");
	CASE("GB_GO before the clone", m[0].nr = GB_GO, "before GB_CLONE");
	CASE("GB_CHILD_WAIT before the clone", m[0].nr = GB_CHILD_WAIT, "before GB_CLONE");
	CASE("GB_WAIT without GB_SYNC", c[1].nr = SYS_getpid, "wait forever");
	CASE("GB_WAIT twice for one GB_SYNC", m[4].nr = GB_WAIT, "wait forever");
	CASE("GB_WAIT for a GB_HOLD", c[1].nr = GB_HOLD, "wait forever");
	CASE("GB_WAIT before the GB_GO of a GB_HOLD", c[0].nr = GB_HOLD, "wait forever");
	CASE("GB_GO too often", m[5].nr = GB_GO, "one too many");
	CASE("GB_EXECED without GB_GO", m[4].nr = SYS_getpid, "wait forever");
	CASE("main that never lets go", (m[4].nr = m[5].nr = m[6].nr = SYS_getpid), "would wait forever");
	CASE("a child that stops too often", for (int i = 0; i < 64; i++) OP(d, CHILD, GB_HOLD, 0, I(0)), "at most 64 times");
	CASE("child that ends without exec", c[2].nr = SYS_getpid, "must end with");
}

static void test_memory(void)
{
	CASE("GB_STORE of 3 bytes", (m[4].nr = GB_STORE, m[4].arg[2] = 3), "width");
	CASE("GB_LOAD of 16 bytes", m[2].arg[1] = 16, "width");
	CASE("GB_LOAD beyond the end", (m[2].arg[0] = d->pool, m[2].arg[1] = 8, d->bytes[d->pool++] = 0), "8 bytes in the pool");
	CASE("GB_CHECK of 16 bytes", (m[2].nr = GB_CHECK, m[2].flags = 0, m[2].arg[1] = 16), "width");
	CASE("GB_LOAD of any address", d->pointers[MAIN][2] = 0, "relocated");
	CASE("GB_FORMAT of any address", (m[3].nr = GB_FORMAT), "relocated");
}

int main(void)
{
	uint32_t len, args;
	int32_t n = 0, fds[GB_MAX_FDS];
	uint8_t *b;
	int open_fds = count_fds();

	snprintf(marker, sizeof marker, "/tmp/glassbox-decode-%d", getpid());
	b = finish(good(&args), &len);
	check(gb_run(b, len, out, sizeof out, fds, &n) > 0 && access(marker, F_OK), "the good plan runs");
	check(((struct gb_result *)out)->main_op == -1, "to its end (%d: %d)", ((struct gb_result *)out)->main_op,
	      ((struct gb_result *)out)->main_errno);
	test_header();
	test_relocs();
	test_ops();
	test_clone();
	test_order();
	test_memory();
	check(count_fds() == open_fds, "no descriptor stays open");
	return summary();
}
