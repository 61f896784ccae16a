/* run_test.c - the interpreter, live, through the library as Node uses it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../native/lib.h"
#include "harness.h"

static uint8_t out[1 << 17];
static int32_t fds[GB_MAX_FDS], n_fds;
static struct gb_result *const res = (struct gb_result *)out;
static struct gb_record *const rec = (struct gb_record *)(out + sizeof(struct gb_result));
static const uint8_t *region; /* what the reply carried back */

static bool run(struct draft *d)
{
	uint32_t len, total = d->n[MAIN] + d->n[CHILD] + d->n[FINAL];
	uint8_t *b = finish(d, &len);
	int n;

	n_fds = (int32_t)d->n_fds;
	n = gb_run(b, len, out, sizeof out, fds, &n_fds);
	if (n < 0)
		printf("# refused: %d at %u: %s\n", n, gb_where(), gb_why());
	region = (uint8_t *)(rec + total);
	return n == (int)(sizeof *res + total * sizeof *rec + d->out_len);
}

static bool all_went_well(void)
{
	if (res->main_op != -1 || res->child_op != -1)
		printf("# main %d: %d, child %d: %d, state %d\n", res->main_op, res->main_errno, res->child_op, res->child_errno,
		       res->state);
	return res->main_op == -1 && !res->main_errno && res->child_op == -1;
}

static void no_child_left(const char *when)
{
	check(waitpid(-1, NULL, WNOHANG | __WALL) < 0 && errno == ECHILD, "no child is left after %s", when);
}

static void add_exec(struct draft *d, const char *const *argv)
{
	const char *const env[] = {"PATH=/usr/bin:/bin", NULL};

	OP(d, CHILD, SYS_execve, 0, P(add_text(d, argv[0])), P(add_argv(d, argv)), P(add_argv(d, env)));
}

static void test_memory(void)
{
	struct draft *d = new_draft();
	uint32_t at = add_bytes(d, NULL, 64);

	d->out_off = at;
	d->out_len = 64;
	OP(d, MAIN, GB_MOVE, RESULT(0), I(-5));
	OP(d, MAIN, GB_FORMAT, RESULT(1), P(at), S(0));
	OP(d, MAIN, GB_FORMAT, 0, P(at + 8), I(1ull << 63));
	OP(d, MAIN, GB_FORMAT, 0, P(at + 32), I(0));
	OP(d, MAIN, GB_STORE, 0, P(at + 40), I(0x1122334455667788), I(2));
	OP(d, MAIN, GB_STORE, 0, P(at + 48), I(0xffffffff), I(8));
	OP(d, MAIN, GB_LOAD, RESULT(2), P(at + 48), I(4));
	OP(d, MAIN, GB_LOAD, RESULT(3), P(at + 48), I(1));
	OP(d, MAIN, GB_LOAD, RESULT(4), P(at + 48), I(8));
	OP(d, MAIN, GB_MOVE, RESULT(5), S(3));
	check(run(d) && all_went_well(), "memory operations run");
	check(!strcmp((char *)region, "-5") && rec[1].result == 2, "a number is written as text, its length is the result");
	check(!strcmp((char *)region + 8, "-9223372036854775808") && !strcmp((char *)region + 32, "0"), "the smallest, and 0");
	check(region[40] == 0x88 && region[41] == 0x77 && region[42] == 0, "two bytes are stored, not more");
	check(rec[6].result == -1 && rec[7].result == 255 && rec[8].result == 0xffffffff && rec[9].result == 255,
	      "4 bytes load signed, others not, and -1 is no failure");

	d = new_draft();
	OP(d, MAIN, GB_MOVE, RESULT(0), I(4096));
	OP(d, MAIN, GB_STORE, TOLERATE(EFAULT), S(0), I(1), I(8));
	OP(d, MAIN, GB_LOAD, TOLERATE(EFAULT), S(0), I(8));
	OP(d, MAIN, GB_FORMAT, TOLERATE(EFAULT), S(0), I(8));
	OP(d, MAIN, GB_STORE, 0, P(add_bytes(d, NULL, 8)), I(1), S(0));
	check(run(d) && res->main_op == 4 && res->main_errno == EINVAL, "addresses and widths in slots are checked at run time");
	check(rec[1].result == -EFAULT && rec[2].result == -EFAULT && rec[3].result == -EFAULT, "outside of the pool: EFAULT");
}

/* The answer to a request is memory that a call has filled: its errno ends the plan as a call's own would. */
static void test_check(void)
{
	struct draft *d = new_draft();
	uint32_t at = add_bytes(d, NULL, 8);

	OP(d, MAIN, GB_CHECK, RESULT(0), P(at), I(4));
	OP(d, MAIN, GB_STORE, 0, P(at), I(-ENODEV), I(4));
	OP(d, MAIN, GB_CHECK, TOLERATE(ENODEV), P(at), I(4));
	OP(d, MAIN, GB_CHECK, 0, P(at), I(4));
	OP(d, MAIN, SYS_getpid, 0, I(0));
	check(run(d) && rec[0].result == 0 && rec[2].result == -ENODEV, "an errno in memory is a failure, and may be tolerated");
	check(res->main_op == 3 && res->main_errno == ENODEV && !rec[4].start_ns, "and ends the plan where it is not");

	d = new_draft();
	at = add_bytes(d, NULL, 8);
	OP(d, MAIN, GB_STORE, 0, P(at), I(-4096), I(4));
	OP(d, MAIN, GB_CHECK, 0, P(at), I(4));
	check(run(d) && res->main_op == 1 && res->main_errno == EIO, "what is no errno is EIO");
}

static void test_failures(void)
{
	struct draft *d = new_draft();
	uint32_t nowhere = add_text(d, "/nonexistent/file");

	OP(d, MAIN, SYS_openat, RESULT(0) | TOLERATE(ENOENT), I(AT_FDCWD), P(nowhere), I(0));
	OP(d, MAIN, SYS_kill, TOLERATE(EBADF), S(0), I(SIGKILL));
	OP(d, MAIN, SYS_unlinkat, TOLERATE(GB_TOLERATE_ANY), I(AT_FDCWD), P(nowhere), I(0));
	OP(d, MAIN, SYS_openat, TOLERATE(EPERM), I(AT_FDCWD), P(nowhere), I(0));
	OP(d, MAIN, SYS_getpid, 0, I(0));
	OP(d, FINAL, SYS_unlinkat, 0, I(AT_FDCWD), P(nowhere), I(0));
	OP(d, FINAL, SYS_getpid, 0, I(0));
	check(run(d) && res->main_op == 3 && res->main_errno == ENOENT, "main stops at the first failure that is not tolerated");
	check(rec[0].result == -ENOENT && rec[2].result == -ENOENT, "tolerated failures are on record");
	check(rec[1].result == -EBADF && !rec[1].start_ns, "an empty slot keeps its reader from running");
	check(!rec[4].start_ns && rec[5].result == -ENOENT && rec[6].result == getpid(), "final runs all the same, to its end");
	check(rec[0].start_ns && rec[0].end_ns >= rec[0].start_ns && rec[2].start_ns >= rec[0].end_ns, "times are in order");

	d = new_draft();
	OP(d, MAIN, SYS_unlinkat, TOLERATE(GB_TOLERATE_ABSENT), I(AT_FDCWD), P(add_text(d, "/nonexistent/file")), I(0));
	OP(d, MAIN, SYS_unlinkat, TOLERATE(GB_TOLERATE_ABSENT), I(AT_FDCWD), P(add_text(d, "/dev/null/file")), I(0));
	OP(d, MAIN, SYS_kill, TOLERATE(GB_TOLERATE_ABSENT), I(0), I(-1));
	check(run(d) && rec[0].result == -ENOENT && rec[1].result == -ENOTDIR && res->main_op == 2 && res->main_errno == EINVAL,
	      "absence is tolerated in both its forms, and nothing else with it");
}

static void test_descriptors(void)
{
	struct draft *d = new_draft();
	uint32_t pair = add_bytes(d, NULL, 8), null = add_text(d, "/dev/null");
	int before = count_fds(), mine = open("/dev/null", O_RDONLY | O_CLOEXEC);

	OP(d, MAIN, SYS_pipe2, 0, P(pair), I(O_CLOEXEC));
	OP(d, MAIN, GB_LOAD, RESULT(4) | GB_F_FD | GB_F_OUT, P(pair), I(4));
	OP(d, MAIN, GB_LOAD, RESULT(5) | GB_F_FD, P(pair + 4), I(4));
	OP(d, MAIN, GB_LOAD, RESULT(6) | GB_F_FD, P(pair + 4), I(4));
	for (int i = 0; i < 10; i++)
		OP(d, MAIN, SYS_openat, RESULT(7) | GB_F_FD, I(AT_FDCWD), P(null), I(O_CLOEXEC));
	OP(d, MAIN, SYS_close, 0, S(7));
	OP(d, MAIN, SYS_openat, RESULT(7) | GB_F_FD, I(AT_FDCWD), P(null), I(O_CLOEXEC));
	OP(d, MAIN, SYS_fcntl, RESULT(8), S(0), I(F_GETFD), I(0));
	OP(d, FINAL, SYS_openat, RESULT(9) | GB_F_FD | GB_F_OUT, I(AT_FDCWD), P(null), I(O_CLOEXEC));
	d->n_fds = 1;
	fds[0] = mine;
	check(run(d) && all_went_well(), "descriptors come and go");
	check(n_fds == 2 && fds[0] == rec[1].result && fds[1] == rec[d->n[MAIN]].result, "two are handed out, in order");
	check(count_fds() == before + 3, "those stay open, and the one that was lent (%d)", count_fds() - before);
	close(fds[0]);
	close(fds[1]);
	close(mine);

	d = new_draft();
	OP(d, MAIN, SYS_openat, RESULT(0) | GB_F_FD | GB_F_OUT, I(AT_FDCWD), P(add_text(d, "/dev/null")), I(O_CLOEXEC));
	OP(d, MAIN, SYS_close, 0, I(-1));
	check(run(d) && res->main_op == 1 && n_fds == 0, "a plan that fails hands nothing out");
	check(count_fds() == before, "and closes everything");

	d = new_draft();
	null = add_text(d, "/dev/null");
	OP(d, MAIN, SYS_openat, RESULT(0) | GB_F_FD, I(AT_FDCWD), P(null), I(O_CLOEXEC));
	OP(d, MAIN, SYS_close, 0, S(0));
	OP(d, MAIN, SYS_openat, 0, I(AT_FDCWD), P(null), I(O_CLOEXEC)); /* the same number again, and nobody's to close */
	check(run(d) && rec[2].result == rec[0].result && !close((int)rec[2].result), "what a plan has closed is not closed again");
}

static void test_answer_room(void)
{
	struct draft *d = new_draft();
	char path[64];
	uint32_t len;
	uint8_t *b;

	snprintf(path, sizeof path, "/tmp/glassbox-run-%d", getpid());
	OP(d, MAIN, SYS_mkdirat, 0, I(AT_FDCWD), P(add_text(d, path)), I(0700));
	b = finish(d, &len);
	n_fds = 0;
	check(gb_run(b, len, out, 40, fds, &n_fds) == -ENOBUFS && rmdir(path), "without room for the answer nothing runs");
}

/* A plan whose child runs argv by execve or execveat with its output on a pipe; the output. */
static const char *output_of(uint32_t nr, const char *const *argv, uint32_t *clone_slot)
{
	static char text[4096];
	struct draft *d = new_draft();
	uint32_t pair = add_bytes(d, NULL, 8);
	ssize_t n, len = 0;

	OP(d, MAIN, SYS_pipe2, 0, P(pair), I(O_CLOEXEC));
	OP(d, MAIN, GB_LOAD, RESULT(4) | GB_F_FD | GB_F_OUT, P(pair), I(4));
	OP(d, MAIN, GB_LOAD, RESULT(5) | GB_F_FD, P(pair + 4), I(4));
	add_clone(d, 0, 0);
	OP(d, CHILD, SYS_dup3, 0, S(5), I(1), I(0));
	OP(d, CHILD, SYS_close_range, 0, I(3), I(~0u), I(4 /* CLOSE_RANGE_CLOEXEC */));
	if (nr == SYS_execve)
		add_exec(d, argv);
	else
		OP(d, CHILD, nr, 0, I(AT_FDCWD), P(add_text(d, argv[0])), P(add_argv(d, argv)), P(add_argv(d, argv + 2)), I(0));
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, MAIN, GB_CHILD_WAIT, RESULT(1), I(0));
	*clone_slot = 0;
	text[0] = 0;
	if (!run(d) || !all_went_well() || n_fds != 1)
		return text;
	while ((n = read(fds[0], text + len, sizeof text - 1 - (size_t)len)) > 0)
		len += n;
	text[len] = 0;
	close(fds[0]);
	return text;
}

static void test_child_hygiene(void)
{
	const char *const ls[] = {"/bin/sh", "-c", "cd /proc/self/fd; echo *", NULL};
	const char *const sig[] = {"/bin/cat", "/proc/self/status", NULL};
	const char *text;
	uint32_t slot;
	sigset_t some, old;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&some);
	sigaddset(&some, SIGUSR1);
	sigprocmask(SIG_BLOCK, &some, &old);
	text = output_of(SYS_execve, sig, &slot);
	check(strstr(text, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nSigCgt:\t0000000000000000\n") != NULL,
	      "the program starts with no signal blocked, ignored or caught: %.60s", strstr(text, "SigBlk") ? strstr(text, "SigBlk") : text);
	text = output_of(SYS_execveat, sig, &slot);
	check(strstr(text, "SigBlk:\tfffffffffffbfeff\n") != NULL, "one that execveat starts has all of them blocked");
	sigprocmask(SIG_SETMASK, NULL, &some);
	check(sigismember(&some, SIGUSR1) && !sigismember(&some, SIGUSR2), "our own signal mask is as it was");
	sigprocmask(SIG_SETMASK, &old, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	text = output_of(SYS_execve, ls, &slot);
	/* 3 is the directory that the shell's glob reads */
	check(!strcmp(text, "0 1 2 3\n") || !strcmp(text, "0 1 2\n"), "and with descriptors 0 to 2 only: %s", text);
	check(res->state == GB_CHILD_GONE && rec[5].result == 0, "GB_CHILD_WAIT gives the status");
	no_child_left("GB_CHILD_WAIT");
}

static void test_sync(void)
{
	struct draft *d = new_draft();
	uint32_t seen = add_bytes(d, NULL, 16);

	d->out_off = seen;
	d->out_len = 16;
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_WAIT, RESULT(1), I(0));
	OP(d, MAIN, GB_STORE, 0, P(seen), S(1), I(8));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_WAIT, RESULT(2), I(0));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_CHILD_WAIT, RESULT(3), I(0));
	OP(d, CHILD, SYS_getpid, RESULT(9), I(0));
	OP(d, CHILD, GB_SYNC, 0, S(9));
	OP(d, CHILD, GB_LOAD, RESULT(10), P(seen), I(8)); /* what main wrote, in memory that both see */
	OP(d, CHILD, GB_STORE, 0, P(seen + 8), S(10), I(8));
	OP(d, CHILD, GB_SYNC, 0, I(-5));
	OP(d, CHILD, GB_EXIT, 0, I(7));
	check(run(d) && all_went_well(), "two sync points");
	check(rec[1].result == res->pid && rec[4].result == -5, "values arrive, negative ones are no failure");
	check(((const uint64_t *)region)[1] == (uint64_t)res->pid, "both sides share the pool");
	check(rec[6].result == 7 && res->state == GB_CHILD_GONE, "GB_EXIT's status");
	no_child_left("GB_EXIT");
}

/* A stop of which main hears nothing: its word goes to the GB_SYNC after it. */
static void test_hold(void)
{
	struct draft *d = new_draft();
	uint32_t seen = add_bytes(d, NULL, 16);

	d->out_off = seen;
	d->out_len = 16;
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_STORE, 0, P(seen), I(42), I(8));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_WAIT, RESULT(1), I(0));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_CHILD_WAIT, 0, I(0));
	OP(d, CHILD, GB_HOLD, 0, I(0));
	OP(d, CHILD, GB_LOAD, RESULT(2), P(seen), I(8));
	OP(d, CHILD, GB_SYNC, 0, S(2));
	OP(d, CHILD, GB_EXIT, 0, I(0));
	check(run(d) && all_went_well() && rec[3].result == 42, "GB_HOLD waits for GB_GO, and GB_WAIT hears the GB_SYNC after it");
	no_child_left("GB_HOLD");
}

/* It leaves main's GB_GO unread, and main listens only when it is dead: what it said last must be heard all the same. */
static void end_before_hold(bool killed)
{
	const char *const argv[] = {"/bin/true", NULL};
	struct draft *d = new_draft();
	uint32_t byte = add_bytes(d, NULL, 8), info = add_bytes(d, NULL, sizeof(siginfo_t));
	int p[2], op = killed ? -2 : 2, status = killed ? 128 + SIGKILL : EBADF;
	bool ran;

	check(!pipe2(p, O_CLOEXEC), "a pipe");
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, SYS_write, 0, I(p[1]), P(byte), I(1));
	OP(d, MAIN, SYS_waitid, 0, I(P_PID), S(0), P(info), I(WEXITED | WNOWAIT), I(0));
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, CHILD, SYS_read, 0, I(p[0]), P(byte), I(1));
	OP(d, CHILD, SYS_getpid, RESULT(2), I(0));
	if (killed)
		OP(d, CHILD, SYS_kill, 0, S(2), I(SIGKILL));
	else
		OP(d, CHILD, SYS_close, 0, I(-1));
	OP(d, CHILD, GB_HOLD, 0, I(0));
	add_exec(d, argv);
	ran = run(d);
	check(ran && res->child_op == op && res->child_errno == status, "a child that %s with a GB_GO unread is heard (%d: %d)",
	      killed ? "is killed" : "fails", res->child_op, res->child_errno);
	no_child_left("such a child");
	close(p[0]);
	close(p[1]);
}

static bool interrupted;

static char state_of(pid_t pid)
{
	char path[32], text[256] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (f) {
		text[fread(text, 1, sizeof text - 1, f)] = 0;
		fclose(f);
	}
	return f && strrchr(text, ')') ? strrchr(text, ')')[2] : 0;
}

/* Stands before the C library's. Where the interpreter is interrupted after its call for a child, the child comes as far as it can. */
int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set)
{
	long result = syscall(SYS_sched_setaffinity, pid, size, set);

	if (interrupted && pid && !result)
		for (char state = 'R'; state == 'R' || state == 'D'; state = state_of(pid))
			sched_yield();
	return (int)result;
}

/* Where a child finds that it may run. */
static cpu_set_t processors_of_child(void)
{
	cpu_set_t seen;
	struct draft *d = new_draft();
	uint32_t mask = add_bytes(d, NULL, sizeof seen);

	d->out_off = mask;
	d->out_len = sizeof seen;
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_CHILD_WAIT, 0, I(0));
	OP(d, CHILD, SYS_sched_getaffinity, 0, I(0), I(sizeof seen), P(mask));
	OP(d, CHILD, GB_EXIT, 0, I(0));
	check(run(d) && all_went_well(), "a child that looks where it may run");
	memcpy(&seen, region, sizeof seen);
	return seen;
}

/* A child is started on another processor, and may run wherever its parent may. */
static void test_processors(void)
{
	cpu_set_t before, few, seen;

	check(!sched_getaffinity(0, sizeof before, &before), "where the parent may run");
	seen = processors_of_child();
	check(CPU_EQUAL(&seen, &before), "a child may run on %d processors, as its parent (%d)", CPU_COUNT(&seen), CPU_COUNT(&before));

	interrupted = true;
	seen = processors_of_child();
	interrupted = false;
	check(CPU_EQUAL(&seen, &before), "also on as many (%d) when its parent is interrupted before it has said so", CPU_COUNT(&seen));

	CPU_ZERO(&few);
	CPU_SET(sched_getcpu(), &few);
	check(!sched_setaffinity(0, sizeof few, &few), "a parent that is held to one processor");
	seen = processors_of_child();
	check(CPU_EQUAL(&seen, &few), "its child is held to the same one");
	sched_setaffinity(0, sizeof before, &before);
}

/* What a child's end looks like to a main that waits for its exec. */
static void test_child_failures(void)
{
	const char *const argv[] = {"/nonexistent/program", NULL};
	struct draft *d = new_draft();

	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, CHILD, SYS_getpid, 0, I(0));
	OP(d, CHILD, SYS_close, TOLERATE(EBADF), I(-1));
	OP(d, CHILD, SYS_close, 0, I(-1));
	add_exec(d, argv);
	check(run(d) && res->main_op == 1 && res->main_errno == ECHILD && res->child_op == 2 && res->child_errno == EBADF,
	      "a failing call of the child is named (%d: %d)", res->child_op, res->child_errno);
	check(rec[2].result > 0 && rec[3].result == -EBADF && rec[4].result == -EBADF && !rec[5].start_ns,
	      "its records end there");
	no_child_left("a child that failed");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	add_exec(d, argv);
	check(run(d) && res->child_op == 0 && res->child_errno == ENOENT && res->state == GB_CHILD_GONE, "a program that is not there");
	no_child_left("an exec that failed");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	add_exec(d, argv);
	d->op[CHILD][0].flags |= TOLERATE(GB_TOLERATE_ANY);
	check(run(d) && res->child_op == 0 && res->child_errno == ENOENT, "also when its failure is tolerated: there is nothing after it");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, CHILD, SYS_getpid, RESULT(1), I(0));
	OP(d, CHILD, SYS_kill, 0, S(1), I(SIGKILL));
	add_exec(d, argv);
	check(run(d) && res->main_errno == ECHILD && res->child_op == -2 && res->child_errno == 128 + SIGKILL,
	      "a child that dies without a word (%d: %d)", res->child_op, res->child_errno);
	no_child_left("a child that was killed");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_WAIT, 0, I(0));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, CHILD, SYS_close, 0, I(-1));
	OP(d, CHILD, GB_SYNC, 0, I(0));
	add_exec(d, argv);
	check(run(d) && res->main_op == 1 && res->main_errno == ECHILD && res->child_op == 0, "a child that fails before its sync point");
	no_child_left("that");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, TOLERATE(ECHILD), I(0));
	OP(d, MAIN, GB_CHILD_WAIT, 0, I(0));
	OP(d, CHILD, GB_EXIT, 0, I(3));
	check(run(d) && all_went_well() && rec[1].result == -ECHILD && rec[2].result == 3, "GB_EXIT is no exec, but no failure either");
	no_child_left("that, too");
}

/* Main fails while the child waits, or runs: the child goes. */
static void test_main_failures(void)
{
	const char *const sleep[] = {"/bin/sleep", "1000", NULL};
	struct draft *d = new_draft();

	add_clone(d, 0, 0);
	OP(d, MAIN, GB_WAIT, 0, I(0));
	OP(d, MAIN, SYS_close, 0, I(-1));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, CHILD, GB_SYNC, 0, I(0));
	add_exec(d, sleep);
	check(run(d) && res->main_op == 2 && res->main_errno == EBADF && res->child_op == -1, "main fails while the child waits");
	no_child_left("main's failure");

	d = new_draft();
	add_clone(d, 0, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, MAIN, SYS_close, 0, I(-1));
	add_exec(d, sleep);
	check(run(d) && res->main_op == 2 && res->state == GB_CHILD_GONE, "main fails while the program runs");
	no_child_left("main's late failure");

	/* The decoder saw good flags, and a pidfd in the pool; a store makes them bad. The largest address wraps around. */
	for (int i = 0; i < 2; i++) {
		uint32_t args;

		d = new_draft();
		args = add_clone(d, 0, 0);
		d->op[MAIN][1] = d->op[MAIN][0];
		d->pointers[MAIN][1] = d->pointers[MAIN][0];
		d->n[MAIN] = 0;
		OP(d, MAIN, GB_STORE, 0, P(i ? args + 8 : args), I(i ? ~0ull - 1 : CLONE_VM | CLONE_PIDFD), I(8));
		d->n[MAIN] = 2;
		add_exec(d, sleep);
		check(run(d) && res->main_op == 1 && res->main_errno == EINVAL && res->pid == -1,
		      "clone_args are checked again when they run: %s", i ? "pidfd" : "flags");
		no_child_left("a clone that did not happen");
	}
}

/* On folders; a busy one is a mount point of this process's own mount namespace in the tests of the engine. */
static void test_rmdirs(void)
{
	char top[] = "/tmp/gb-rmdirs-XXXXXX", path[128];
	struct draft *d;
	uint32_t at;

	check(mkdtemp(top), "a folder for the test");
	for (const char *const *sub = (const char *const[]){"a", "a/b", "a/b/c", "d", "d/e", NULL}; *sub; sub++) {
		snprintf(path, sizeof path, "%s/%s", top, *sub);
		mkdir(path, 0755);
	}
	d = new_draft();
	OP(d, MAIN, GB_RMDIRS, 0, P(add_text(d, top)), I(0));
	check(run(d) && all_went_well() && access(top, F_OK) && errno == ENOENT, "GB_RMDIRS removes a tree of folders");

	d = new_draft();
	OP(d, MAIN, GB_RMDIRS, 0, P(add_text(d, top)), I(0));
	check(run(d) && res->main_op == 0 && res->main_errno == ENOENT, "GB_RMDIRS of nothing is ENOENT");

	mkdir(top, 0755);
	snprintf(path, sizeof path, "%s/file", top);
	close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	d = new_draft();
	OP(d, MAIN, GB_RMDIRS, 0, P(add_text(d, top)), I(0));
	check(run(d) && res->main_errno == ENOTEMPTY && !access(path, F_OK), "GB_RMDIRS never removes a file");
	unlink(path);
	snprintf(path, sizeof path, "%s/link", top);
	check(!symlink("/", path), "a link to test with");
	d = new_draft();
	OP(d, MAIN, GB_RMDIRS, 0, P(add_text(d, path)), I(0));
	check(run(d) && (res->main_errno == ENOTDIR || res->main_errno == ELOOP), "GB_RMDIRS follows no link (%d)", res->main_errno);
	unlink(path);
	rmdir(top);

	/* From the path to the pool's last byte all is written over: no text ends there any more. finish() adds 8 bytes. */
	d = new_draft();
	at = add_text(d, top);
	add_bytes(d, NULL, 8);
	for (uint32_t i = at; i <= d->pool; i += 8)
		OP(d, MAIN, GB_STORE, 0, P(i), I(0x7878787878787878), I(8));
	OP(d, MAIN, GB_RMDIRS, 0, P(at), I(0));
	check(run(d) && res->main_errno == EFAULT, "GB_RMDIRS of a path that has no end is EFAULT");
}

/* The library's own: several in one call, in their order. */
static void test_rmdir_of_several(void)
{
	char top[] = "/tmp/gb-rmdir-XXXXXX", a[64], b[64], full[64], paths[256];
	uint32_t len;

	check(mkdtemp(top), "a folder for the test");
	snprintf(a, sizeof a, "%s/a", top);
	snprintf(b, sizeof b, "%s/b", top);
	snprintf(full, sizeof full, "%s/b/full", top);
	len = (uint32_t)snprintf(paths, sizeof paths, "%s/gone%c%s%c%s", top, 0, b, 0, a) + 1;
	mkdir(a, 0755);
	mkdir(b, 0755);
	mkdir(full, 0755);
	check(gb_rmdir(paths, len) == -ENOTEMPTY && !access(a, F_OK), "gb_rmdir stops at the first that will not go");
	rmdir(full);
	check(gb_rmdir(paths, len) == 0 && !rmdir(top), "all go, and one that is gone already is as wanted");
}

int main(void)
{
	int before = count_fds();

	test_memory();
	test_check();
	test_failures();
	test_descriptors();
	test_answer_room();
	test_child_hygiene();
	test_sync();
	test_hold();
	end_before_hold(false);
	end_before_hold(true);
	test_processors();
	test_child_failures();
	test_main_failures();
	test_rmdirs();
	test_rmdir_of_several();
	check(count_fds() == before, "no descriptor stays open (%d)", count_fds() - before);
	return summary();
}
