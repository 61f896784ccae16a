/* keeper_test.c - the keeper and its guard, live. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../native/lib.h"
#include "harness.h"

#define KEEPER "build/glassbox-keeper"
#define PATIENCE_MS 10000

struct client {
	int sock, bell, guard, pidfd, worker;
	uint8_t buf[GB_MAX_MESSAGE];
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
	static uint8_t buf[GB_MAX_MESSAGE + 4096];
	struct gb_msg m = {type, tag, a, b};

	memcpy(buf, &m, sizeof m);
	if (len)
		memcpy(buf + sizeof m, payload, len);
	if (gb_send(c->sock, buf, (uint32_t)sizeof m + len, fds, n))
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
	check(c.n_fds == 1, "the pidfd is handed out");
	check(records(&c)[5].end_ns && records(&c)[7].end_ns >= records(&c)[7].start_ns && !records(&c)[7].result,
	      "the child's calls are on record, exec too");
	check(expect(&c, GB_EXITED, 42) && msg(&c)->a == 0 && msg(&c)->b == 0, "its exit is reported with its tag");
	request(&c, GB_QUIT, 9, 0, 0, NULL, 0, NULL, 0);
	check(expect(&c, GB_OK, 9) && ends(c.pidfd), "the keeper quits");
	check(gb_reap(c.pidfd) == 0, "with status 0");
	close(c.fds[0]);
	hang_up(&c);
}

int main(void)
{
	int fds = count_fds();

	test_true();
	check(count_fds() == fds, "no descriptor stays open here");
	return summary();
}
