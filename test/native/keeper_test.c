/* keeper_test.c - the keeper and its guard, live. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../native/keeper.h"
#include "../../native/lib.h"
#include "../../native/wire.h"
#include "harness.h"

#ifndef KEEPER
#define KEEPER "build/glassbox-keeper"
#endif
#define PATIENCE_MS 10000

struct client {
	int sock, bell, guard, pidfd, worker;
	_Alignas(8) uint8_t buf[GB_MAX_MESSAGE];
	int len, n_fds;
	int32_t fds[GB_MAX_FDS];
};

static struct gb_msg *msg(struct client *c)
{
	return (struct gb_msg *)c->buf;
}

static struct gb_result *result(struct client *c)
{
	return (struct gb_result *)(c->buf + sizeof(struct gb_msg));
}

static struct gb_record *records(struct client *c)
{
	return (struct gb_record *)(result(c) + 1);
}

static void request(struct client *c, uint32_t type, uint32_t tag, uint32_t a, uint32_t b, const void *payload, uint32_t len,
		    const int *fds, int n)
{
	struct gb_msg m = {type, tag, a, b};

	if (gb_send(c->sock, (const uint8_t *)&m, sizeof m, payload, len, fds, n))
		printf("# send failed\n");
}

/* The next message, waited for at the doorbell as Node does. */
static bool next(struct client *c)
{
	struct pollfd p = {c->bell, POLLIN, 0};
	char byte;

	if (poll(&p, 1, PATIENCE_MS) != 1 || read(c->bell, &byte, 1) != 1)
		return false;
	c->n_fds = GB_MAX_FDS;
	c->len = gb_recv(c->sock, c->buf, sizeof c->buf, c->fds, &c->n_fds);
	return c->len >= (int)sizeof(struct gb_msg);
}

static bool expect(struct client *c, uint32_t type, uint32_t tag)
{
	if (!next(c))
		printf("# nothing came, wanted type %u\n", type);
	else if (msg(c)->type != type || msg(c)->tag != tag)
		printf("# came type %u tag %u a %u, wanted %u %u: %.*s\n", msg(c)->type, msg(c)->tag, msg(c)->a, type, tag,
		       msg(c)->type == GB_REFUSED ? c->len - 16 : 0, c->buf + 16);
	else
		return true;
	return false;
}

static bool start(struct client *c)
{
	int32_t out[4];

	memset(c, 0, sizeof *c);
	if (gb_keeper(KEEPER, out))
		return false;
	c->sock = out[0];
	c->bell = out[1];
	c->guard = out[2];
	c->pidfd = out[3];
	request(c, GB_HELLO, 1, GB_PROTOCOL, 0, NULL, 0, NULL, 0);
	if (!expect(c, GB_OK, 1))
		return false;
	c->worker = (int)msg(c)->b;
	return true;
}

static bool ends(int pidfd)
{
	struct pollfd p = {pidfd, POLLIN, 0};

	return poll(&p, 1, PATIENCE_MS) == 1;
}

static void hang_up(struct client *c)
{
	close(c->sock);
	close(c->bell);
	close(c->pidfd);
}

static void send_plan(struct client *c, uint32_t tag, struct draft *d)
{
	uint32_t len;
	uint8_t *blob = finish(d, &len);

	request(c, GB_RUN, tag, 0, 0, blob, len, NULL, 0);
}

static void add_exec(struct draft *d, const char *const *argv)
{
	const char *const env[] = {"PATH=/usr/bin:/bin", NULL};

	OP(d, CHILD, SYS_execve, 0, P(add_text(d, argv[0])), P(add_argv(d, argv)), P(add_argv(d, env)));
}

static void test_true(void)
{
	static struct client c;
	const char *const argv[] = {"/bin/true", NULL};
	struct draft *d = new_draft();
	uint32_t args;

	check(start(&c), "the keeper starts and says hello");
	args = add_clone(d, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP, 0);
	OP(d, MAIN, GB_LOAD, RESULT(1) | GB_F_FD | GB_F_OUT, P(args + PIDFD_AT), I(4));
	OP(d, MAIN, GB_WAIT, RESULT(2), I(0));
	OP(d, MAIN, GB_GO, 0, I(0));
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, CHILD, SYS_sethostname, 0, P(add_text(d, "box")), I(3));
	OP(d, CHILD, GB_SYNC, 0, I(7));
	add_exec(d, argv);
	send_plan(&c, 42, d);
	check(expect(&c, GB_DONE, 42), "a plan with a child is done");
	check(result(&c)->main_op == -1 && result(&c)->child_op == -1 && result(&c)->state == GB_EXEC_DONE,
	      "main %d/%d, child %d/%d, state %d", result(&c)->main_op, result(&c)->main_errno, result(&c)->child_op,
	      result(&c)->child_errno, result(&c)->state);
	check(records(&c)[2].result == 7, "the value of the sync point arrives");
	check(c.n_fds == 1 && fcntl(c.fds[0], F_GETFD) == FD_CLOEXEC, "the pidfd is handed out, close-on-exec");
	check(records(&c)[5].end_ns && records(&c)[7].end_ns >= records(&c)[7].start_ns && !records(&c)[7].result,
	      "the child's calls are on record, exec too");
	check(expect(&c, GB_EXITED, 42) && msg(&c)->a == 0 && msg(&c)->b == 0, "its exit is reported with its tag");
	request(&c, GB_QUIT, 9, 0, 0, NULL, 0, NULL, 0);
	check(expect(&c, GB_OK, 9) && ends(c.pidfd), "the keeper quits");
	check(gb_reap(c.pidfd) == 0, "with status 0");
	close(c.fds[0]);
	hang_up(&c);
}

/* ---- answers and events ---- */

static int fds_of(int pid)
{
	char path[32];
	DIR *dir;
	int n = -2;

	snprintf(path, sizeof path, "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void send_fds(struct client *c, uint32_t tag, struct draft *d, const int *fds, int n)
{
	uint32_t len;
	uint8_t *blob;

	d->n_fds = (uint32_t)n;
	blob = finish(d, &len);
	request(c, GB_RUN, tag, 0, 0, blob, len, fds, n);
}

/* A child that reads from the pipe in slot 0 before it goes on: parked until the test writes. */
static struct draft *parked(const char *const *argv)
{
	struct draft *d = new_draft();

	add_clone(d, 0, 1);
	OP(d, CHILD, SYS_read, 0, S(0), P(add_bytes(d, NULL, 8)), I(1));
	add_exec(d, argv);
	return d;
}

static void test_running(struct client *c)
{
	const char *const yes[] = {"/bin/true", NULL}, *const no[] = {"/nonexistent", NULL};
	int p[2];

	if (pipe2(p, O_CLOEXEC))
		return;
	send_fds(c, 10, parked(yes), p, 1);
	check(expect(c, GB_DONE, 10) && result(c)->state == GB_RUNNING, "a child that has not exec'ed yet is GB_RUNNING");
	check(write(p[1], "x", 1) == 1 && expect(c, GB_EXEC, 10) && result(c)->state == GB_EXEC_DONE && result(c)->child_op == -1,
	      "its exec is an event");
	check(records(c)[0].result == 1 && records(c)[1].end_ns, "with the child's records");
	check(expect(c, GB_EXITED, 10) && msg(c)->a == 0, "and so is its exit, after it");

	send_fds(c, 11, parked(no), p, 1);
	expect(c, GB_DONE, 11);
	check(write(p[1], "x", 1) == 1 && expect(c, GB_EXEC, 11) && result(c)->child_op == 1 && result(c)->child_errno == ENOENT,
	      "a late failure is an event too");
	check(expect(c, GB_EXITED, 11) && msg(c)->a == 127, "and it leaves with 127");

	send_fds(c, 12, parked(yes), p, 1);
	expect(c, GB_DONE, 12);
	kill(result(c)->pid, SIGKILL);
	check(expect(c, GB_EXEC, 12) && result(c)->child_op == -2 && result(c)->child_errno == 128 + SIGKILL,
	      "a parked child that is killed: without a word, status known");
	check(expect(c, GB_EXITED, 12) && msg(c)->a == SIGKILL && msg(c)->b == 1, "killed by signal 9");
	close(p[0]);
	close(p[1]);
}

static void test_descriptors(struct client *c)
{
	const char *const argv[] = {"/bin/echo", "hello", NULL};
	char text[16] = "";
	int p[2], before = fds_of(c->worker);

	for (int i = 0; i < 20; i++) {
		struct draft *d = new_draft();

		if (pipe2(p, O_CLOEXEC))
			return;
		add_clone(d, 0, 1);
		OP(d, MAIN, GB_EXECED, 0, I(0));
		if (i % 4 == 3)
			OP(d, MAIN, SYS_close, 0, I(-1)); /* every fourth fails */
		OP(d, CHILD, SYS_dup3, 0, S(0), I(1), I(0));
		add_exec(d, argv);
		send_fds(c, 20, d, p + 1, 1);
		close(p[1]);
		expect(c, GB_DONE, 20);
		if (i % 4 != 3)
			expect(c, GB_EXITED, 20);
		if (i == 0)
			check(read(p[0], text, sizeof text) == 6 && !strcmp(text, "hello\n"), "a descriptor passed with the plan is used");
		close(p[0]);
	}
	check(fds_of(c->worker) == before, "the keeper's own descriptors are as many as before (%d, %d)", fds_of(c->worker), before);
}

static void test_refusals(struct client *c)
{
	static const uint8_t much[GB_MAX_MESSAGE];
	struct draft *d = new_draft();
	uint32_t len;
	uint8_t *blob;
	int before = fds_of(c->worker), some[2] = {0, 1};

	OP(d, MAIN, SYS_getpid, 0, I(0));
	blob = finish(d, &len);
	request(c, GB_RUN, 30, 0, 0, blob, len - 8, NULL, 0);
	check(expect(c, GB_REFUSED, 30) && msg(c)->a == EINVAL && msg(c)->b == 4 && c->len > 20, "a malformed plan: errno, offset, sentence");
	request(c, GB_RUN, 31, 0, 0, blob, len, some, 2);
	check(expect(c, GB_REFUSED, 31) && msg(c)->a == EINVAL, "descriptors that were not announced");
	request(c, 33, 32, 0, 0, NULL, 0, some, 2);
	check(expect(c, GB_REFUSED, 32) && msg(c)->a == ENOSYS, "an unknown request");
	request(c, GB_HELLO, 33, 99, 0, NULL, 0, NULL, 0);
	check(expect(c, GB_REFUSED, 33) && msg(c)->a == EPROTO, "another protocol");
	request(c, GB_RUN, 34, 0, 0, much, sizeof much, NULL, 0);
	check(expect(c, GB_REFUSED, 34) && msg(c)->a == EMSGSIZE, "a message that is too long");
	request(c, GB_RUN, 35, 0, 0, NULL, 0, NULL, 0);
	check(expect(c, GB_REFUSED, 35), "a plan of no bytes");
	check(fds_of(c->worker) == before, "refused descriptors are closed");
	d = new_draft();
	add_bytes(d, NULL, 60000);
	d->out_len = 60000;
	for (int i = 0; i < 200; i++)
		OP(d, MAIN, SYS_getpid, 0, I(0));
	for (int i = 0; i < 3; i++) {
		blob = finish(d, &len);
		request(c, GB_RUN, 36, 0, 0, blob, len, NULL, 0);
	}
	for (len = 0; len < 3 && expect(c, GB_DONE, 36) && c->len > 60000; len++)
		;
	check(len == 3, "large plans and large answers go through, three at once");
}

static void test_orphans(struct client *c)
{
	const char *const argv[] = {"/bin/sh", "-c", "(setsid sh -c 'exit 4' &) ; exit 5", NULL};
	struct draft *d = new_draft();
	bool exited = false, orphans = false;

	add_clone(d, 0, 0);
	add_exec(d, argv);
	send_plan(c, 40, d);
	expect(c, GB_DONE, 40);
	if (result(c)->state == GB_RUNNING)
		expect(c, GB_EXEC, 40);
	while ((!exited || !orphans) && next(c)) {
		exited |= msg(c)->type == GB_EXITED && msg(c)->a == 5;
		orphans |= msg(c)->type == GB_ORPHANS && msg(c)->a >= 1;
	}
	check(exited && orphans, "adopted processes are reaped and counted");
}

/* ---- undo ---- */

static char trace[64]; /* a file to which undo plans write letters */

static uint32_t letter_plan(const char *letter, uint8_t **blob)
{
	struct draft *d = new_draft();
	uint32_t len;

	OP(d, MAIN, SYS_openat, RESULT(0) | GB_F_FD, I(AT_FDCWD), P(add_text(d, trace)), I(O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC),
	   I(0600));
	OP(d, MAIN, SYS_write, 0, S(0), P(add_text(d, letter)), I(strlen(letter)));
	*blob = finish(d, &len);
	return len;
}

static bool push(struct client *c, uint32_t key, uint32_t phase, const char *letter)
{
	uint8_t *blob;
	uint32_t len = letter_plan(letter, &blob);

	request(c, GB_UNDO_PUSH, 50, key, phase, blob, len, NULL, 0);
	return expect(c, GB_OK, 50);
}

static const char *traced(void)
{
	static char text[256];
	int fd = open(trace, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);

	text[n > 0 ? n : 0] = 0;
	close(fd);
	return text;
}

static void test_undo(struct client *c)
{
	struct draft *d = new_draft();
	uint8_t *blob;
	uint32_t len, n = 0;

	check(push(c, 1, 0, "a") && push(c, 2, 1, "b") && push(c, 1, 1, "c") && push(c, 3, 0, "d"), "undo plans are kept");
	request(c, GB_UNDO_RUN, 51, 1, 0, NULL, 0, NULL, 0);
	check(expect(c, GB_DONE, 51) && result(c)->main_op == -1 && !strcmp(traced(), "ca"), "run by key, newest first: %s", traced());
	request(c, GB_UNDO_RUN, 52, 1, 0, NULL, 0, NULL, 0);
	check(expect(c, GB_OK, 52), "and forgotten");
	request(c, GB_UNDO_DROP, 53, 2, 0, NULL, 0, NULL, 0);
	check(expect(c, GB_OK, 53) && msg(c)->a == 1 && !strcmp(traced(), "ca"), "dropped without running");
	OP(d, MAIN, SYS_getpid, 0, I(0));
	OP(d, FINAL, SYS_getpid, 0, I(0));
	blob = finish(d, &len);
	request(c, GB_UNDO_PUSH, 54, 1, 0, blob, len, NULL, 0);
	check(expect(c, GB_REFUSED, 54), "an undo plan has main only");
	len = letter_plan("x", &blob);
	request(c, GB_UNDO_PUSH, 55, 1, 2, blob, len, NULL, 0);
	check(expect(c, GB_REFUSED, 55), "there is no phase 2");

	/* Fill the ledger with large plans, then see that its room comes back. */
	d = new_draft();
	OP(d, MAIN, SYS_getpid, 0, I(0));
	add_bytes(d, NULL, 60000);
	blob = finish(d, &len);
	do
		request(c, GB_UNDO_PUSH, 56, 7 + n % 2, 0, blob, len, NULL, 0);
	while (n++ < 1000 && expect(c, GB_OK, 56));
	check(n > 20 && n < 1000 && msg(c)->type == GB_REFUSED && msg(c)->a == ENOSPC, "a full ledger refuses (after %u)", n - 1);
	request(c, GB_UNDO_DROP, 57, 7, 0, NULL, 0, NULL, 0);
	expect(c, GB_OK, 57);
	request(c, GB_UNDO_PUSH, 58, 9, 0, blob, len, NULL, 0);
	check(expect(c, GB_OK, 58), "room that was given back is used again");
	request(c, GB_UNDO_DROP, 57, 8, 0, NULL, 0, NULL, 0);
	expect(c, GB_OK, 57);
	request(c, GB_UNDO_DROP, 57, 9, 0, NULL, 0, NULL, 0);
	expect(c, GB_OK, 57);
	d = new_draft();
	OP(d, MAIN, SYS_getpid, 0, I(0));
	add_bytes(d, NULL, 65000); /* needs neighbours that grew together again */
	blob = finish(d, &len);
	for (n = 0; n < 60; n++) {
		request(c, GB_UNDO_PUSH, 58, 9, 0, blob, len, NULL, 0);
		if (!expect(c, GB_OK, 58))
			break;
	}
	check(n == 60, "also by larger ones (%u)", n);
	request(c, GB_UNDO_DROP, 57, 9, 0, NULL, 0, NULL, 0);
	expect(c, GB_OK, 57);
	unlink(trace);
}

/* ---- ends: whoever dies, nothing stays ---- */

#define DAEMONS 50

/* What runs in the container: daemons that leave session, process group and parent. They hold stdout open. */
static int daemons(void)
{
	for (int i = 0; i < DAEMONS; i++) {
		if (fork())
			continue;
		setsid();
		signal(SIGTERM, SIG_IGN);
		signal(SIGHUP, SIG_IGN);
		if (fork())
			_exit(0);
		for (;;)
			pause();
	}
	while (wait(NULL) > 0)
		;
	if (write(1, "ready", 5) != 5)
		return 1;
	for (;;)
		pause();
}

static bool start_daemons(struct client *c, int *alive)
{
	const char *const argv[] = {"/proc/self/exe", "daemons", NULL};
	struct draft *d = new_draft();
	char self[256], text[8];
	const char *const args[] = {self, "daemons", NULL};
	ssize_t n = readlink(argv[0], self, sizeof self - 1);
	int p[2];

	self[n > 0 ? n : 0] = 0;
	if (pipe2(p, O_CLOEXEC))
		return false;
	add_clone(d, 0, 1);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, CHILD, SYS_dup3, 0, S(0), I(1), I(0));
	add_exec(d, args);
	send_fds(c, 60, d, p + 1, 1);
	close(p[1]);
	*alive = p[0];
	return expect(c, GB_DONE, 60) && result(c)->main_op == -1 && read(p[0], text, 5) == 5;
}

/* The pipe that all daemons hold ends when the last of them is dead. */
static int all_dead_ms(int alive, const struct timespec *since)
{
	struct pollfd p = {alive, POLLIN, 0};
	struct timespec now;
	char byte;

	if (poll(&p, 1, PATIENCE_MS) != 1 || read(alive, &byte, 1) != 0)
		return PATIENCE_MS;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int)((now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000);
}

enum victim { CLIENT = 1, WORKER = 2, GUARD = 4, POLITE = 8 };

/* In a process of its own, since it may be the victim. Tells its pids over the pipe. */
struct told {
	int guard, worker;
};

static int as_client(int tell)
{
	static struct client c;
	struct told t;
	struct iovec iov = {&t, sizeof t};
	int alive;

	if (!start(&c) || !push(&c, 1, 0, "0") || !push(&c, 1, 1, "2") || !push(&c, 1, 1, "1") || !start_daemons(&c, &alive))
		return 1;
	t.guard = c.guard;
	t.worker = c.worker;
	gb_wire_send(tell, &iov, 1, &alive, 1, 0);
	close(tell);
	for (;;) {
		struct pollfd p = {c.bell, POLLIN, 0};

		poll(&p, 1, -1);
		if (p.revents & POLLHUP)
			pause();
		next(&c);
	}
}

static void test_end(const char *what, int victims)
{
	struct told t = {0};
	int pair[2], alive = -1, n = 1, ms, pids[2], pidfds[2];
	struct timespec now;
	pid_t client;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return;
	unlink(trace);
	client = fork();
	if (!client)
		_exit(as_client(pair[1]));
	close(pair[1]);
	if (gb_wire_recv(pair[0], &t, sizeof t, &alive, &n, 0) != sizeof t || n != 1) {
		check(false, "%s: the client did not start", what);
		return;
	}
	close(pair[0]);
	pids[0] = t.guard;
	pids[1] = t.worker;
	for (int i = 0; i < 2; i++)
		pidfds[i] = (int)syscall(SYS_pidfd_open, pids[i], 0);
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (victims & CLIENT)
		kill(client, SIGKILL);
	if (victims & WORKER)
		kill(t.worker, victims & POLITE ? SIGTERM : SIGKILL);
	if (victims & GUARD)
		kill(t.guard, victims & POLITE ? SIGTERM : SIGKILL);
	ms = all_dead_ms(alive, &now);
	check(ms < 1000, "%s: all %d daemons are dead after %d ms", what, DAEMONS, ms);
	check(ends(pidfds[0]) && ends(pidfds[1]), "%s: worker and guard have ended", what);
	check(!strcmp(traced(), "012"), "%s: undo plans ran in order: %s", what, traced());
	kill(client, SIGKILL);
	waitpid(client, NULL, 0);
	close(pidfds[0]);
	close(pidfds[1]);
	close(alive);
	unlink(trace);
}

/* A client that dies while a plan waits for a child that will never go on. */
static void test_waiting(void)
{
	static struct client c;
	const char *const argv[] = {"/bin/true", NULL};
	struct draft *d;
	int p[2];

	if (!start(&c) || !push(&c, 1, 1, "u") || pipe2(p, O_CLOEXEC))
		return;
	d = parked(argv);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	send_fds(&c, 70, d, p, 1);
	close(p[0]);
	close(c.sock);
	check(ends(c.pidfd) && gb_reap(c.pidfd) == 0 && !strcmp(traced(), "u"), "a dead client ends a plan that waits");
	close(p[1]);
	close(c.bell);
	close(c.pidfd);
	unlink(trace);
}

/* A client that asks and asks and never listens, until nothing goes in any more. */
static void test_deaf_client(void)
{
	static struct client c;
	struct gb_msg m = {GB_HELLO, 80, GB_PROTOCOL, 0};
	struct pollfd p;
	int sent = 0, heard = 0, err;

	if (!start(&c))
		return;
	do {
		p = (struct pollfd){c.sock, POLLOUT, 0};
		err = poll(&p, 1, 300) == 1 ? gb_send(c.sock, (uint8_t *)&m, sizeof m, NULL, 0, NULL, 0) : -ETIMEDOUT;
		sent += !err;
	} while (!err || err == -EAGAIN);
	p = (struct pollfd){c.sock, POLLIN, 0};
	while (heard < sent && poll(&p, 1, PATIENCE_MS) == 1) {
		c.n_fds = 0;
		heard += gb_recv(c.sock, c.buf, sizeof c.buf, c.fds, &c.n_fds) > 0;
	}
	check(sent > 100 && heard == sent, "a client that listens late hears all %d answers (%d)", sent, heard);
	do {
		p = (struct pollfd){c.sock, POLLOUT, 0};
		err = poll(&p, 1, 300) == 1 ? gb_send(c.sock, (uint8_t *)&m, sizeof m, NULL, 0, NULL, 0) : -ETIMEDOUT;
	} while (!err || err == -EAGAIN);
	close(c.sock);
	check(ends(c.pidfd) && gb_reap(c.pidfd) == 0, "one that never listens can still die");
	close(c.bell);
	close(c.pidfd);
}

/* ---- a stage: the keeper moves into namespaces of its own ---- */

static void test_stage(const char *what, uint64_t spaces, bool kill_worker)
{
	static struct client c;
	const char *const argv[] = {"/bin/true", NULL};
	struct draft *d = new_draft();
	char before[65], after[65], path[64], map[32];
	uint32_t at, len;
	uint8_t *blob;
	int fd;

	gethostname(before, sizeof before);
	if (!start(&c))
		return;
	OP(d, MAIN, SYS_unshare, 0, I(spaces));
	send_plan(&c, 90, d);
	check(expect(&c, GB_DONE, 90) && result(&c)->main_op == -1, "%s: the keeper moves (%d)", what, result(&c)->main_errno);
	if (result(&c)->main_op != -1)
		return; /* or the next plan would rename the machine */
	if (spaces & CLONE_NEWUSER) { /* as an ordinary user has to do it */
		const char *const file[] = {"setgroups", "uid_map", "gid_map"};

		snprintf(map, sizeof map, "0 %d 1", (int)getuid());
		for (int i = 0; i < 3; i++) {
			const char *text = i ? map : "deny";

			snprintf(path, sizeof path, "/proc/%d/%s", c.worker, file[i]);
			fd = open(path, O_WRONLY | O_CLOEXEC);
			check(write(fd, text, strlen(text)) > 0, "%s: %s is written", what, file[i]);
			close(fd);
		}
	}
	d = new_draft();
	OP(d, MAIN, SYS_mount, 0, I(0), P(add_text(d, "/")), I(0), I(1 << 14 | 1 << 18 /* MS_REC | MS_PRIVATE */), I(0));
	OP(d, MAIN, SYS_sethostname, 0, P(add_text(d, "stage")), I(5));
	add_clone(d, CLONE_NEWPID, 0);
	OP(d, MAIN, GB_EXECED, 0, I(0));
	add_exec(d, argv);
	send_plan(&c, 91, d);
	check(expect(&c, GB_DONE, 91) && result(&c)->main_op == -1, "%s: plans run in it (%d: %d)", what, result(&c)->main_op,
	      result(&c)->main_errno);
	check(expect(&c, GB_EXITED, 91), "%s: exits are seen", what);
	gethostname(after, sizeof after);
	check(!strcmp(before, after), "%s: the machine keeps its name", what);

	/* Undo says which name it sees. */
	d = new_draft();
	at = add_bytes(d, NULL, 6 * 65);
	OP(d, MAIN, SYS_uname, 0, P(at));
	OP(d, MAIN, SYS_openat, RESULT(0) | GB_F_FD, I(AT_FDCWD), P(add_text(d, trace)), I(O_WRONLY | O_CREAT | O_CLOEXEC), I(0600));
	OP(d, MAIN, SYS_write, 0, S(0), P(at + 65), I(5));
	blob = finish(d, &len);
	request(&c, GB_UNDO_PUSH, 92, 1, 1, blob, len, NULL, 0);
	expect(&c, GB_OK, 92);
	if (kill_worker)
		kill(c.worker, SIGKILL);
	else
		close(c.sock);
	check(ends(c.pidfd), "%s: ends", what);
	check(!strcmp(traced(), "stage"), "%s: undo plans ran where they were meant to: %s", what, traced());
	gb_reap(c.pidfd);
	if (kill_worker)
		close(c.sock);
	close(c.bell);
	close(c.pidfd);
	unlink(trace);
}

/* Where the kernel has no children files. */
static void test_stat_scan(void)
{
	int proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC), n;
	pid_t pid[3];

	for (int i = 0; i < 3; i++) {
		pid[i] = fork();
		if (!pid[i]) {
			prctl(PR_SET_NAME, ") R 1 (");
			for (;;)
				pause();
		}
	}
	n = gb_kill_children_by_stat(proc);
	check(n == 3, "children are found by their stat files too (%d)", n);
	for (int i = 0; i < 3; i++)
		waitpid(pid[i], NULL, 0);
	close(proc);
}

static void test_errors_of_start(void)
{
	int32_t o[4];
	int fds = count_fds();

	check(gb_keeper("/nonexistent/keeper", o) == -ENOENT && count_fds() == fds, "a keeper that is not there: ENOENT, nothing open");
}

int main(int argc, char **argv)
{
	static struct client c;
	int fds = count_fds();
	const bool root = geteuid() == 0;
	const int stage = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWCGROUP;

	if (argc > 1 && !strcmp(argv[1], "daemons"))
		return daemons();
	snprintf(trace, sizeof trace, "/tmp/glassbox-keeper-%d", getpid());
	test_errors_of_start();
	if (root)
		test_true();
	check(start(&c), "another keeper");
	test_running(&c);
	test_descriptors(&c);
	test_refusals(&c);
	test_orphans(&c);
	test_undo(&c);
	close(c.sock);
	check(ends(c.pidfd) && gb_reap(c.pidfd) == 0, "its client hangs up: it ends");
	close(c.bell);
	close(c.pidfd);

	test_end("kill -9 of the client", CLIENT);
	test_end("kill -9 of the worker", WORKER);
	test_end("kill -9 of the guard", GUARD);
	test_end("kill -9 of client and worker", CLIENT | WORKER);
	test_end("kill -9 of client and guard", CLIENT | GUARD);
	test_end("SIGTERM to the worker", WORKER | POLITE);
	test_end("SIGTERM to the guard", GUARD | POLITE);
	test_waiting();
	test_deaf_client();
	if (root) {
		test_stage("stage", (uint64_t)stage, false);
		test_stage("stage, worker killed", (uint64_t)stage, true);
	}
	test_stage("stage in a user namespace", (uint64_t)stage | CLONE_NEWUSER, false);
	test_stage("stage in a user namespace, worker killed", (uint64_t)stage | CLONE_NEWUSER, true);
	test_stat_scan();
	check(count_fds() == fds, "no descriptor stays open here (%d)", count_fds() - fds);
	return summary();
}
