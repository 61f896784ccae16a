/*
 * children.c - who was started for whom, and how it ended.
 */
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "keeper.h"
#include "protocol.h"

struct child {
	pid_t pid;
	uint32_t tag;
	bool pending;        /* not exec'ed yet: plan is valid */
	struct gb_plan plan;
};

/* Never touched beyond the children that there are, so it costs address space only. */
static struct child children[GB_MAX_CHILDREN];
static uint32_t n_children;

bool gb_children_full(void)
{
	return n_children == GB_MAX_CHILDREN;
}

static struct child *find(pid_t pid)
{
	for (uint32_t i = 0; i < n_children; i++)
		if (children[i].pid == pid)
			return &children[i];
	return NULL;
}

void gb_children_add(struct gb_keeper *k, uint32_t tag, struct gb_plan *p)
{
	struct child *c = &children[n_children];
	struct epoll_event e = {.events = EPOLLIN, .data.u64 = (uint64_t)p->res.pid};

	if (p->res.pid <= 0 || p->reaped)
		return;
	n_children++;
	c->pid = p->res.pid;
	c->tag = tag;
	c->pending = p->res.state == GB_RUNNING;
	if (!c->pending)
		return;
	c->plan = *p;
	p->map = NULL; /* moved */
	p->sync = -1;
	epoll_ctl(k->epoll, EPOLL_CTL_ADD, c->plan.sync, &e);
}

static void tell_exec(struct gb_keeper *k, struct child *c)
{
	struct gb_msg m = {.type = GB_EXEC, .tag = c->tag};

	gb_say_plan(k, &m, &c->plan, c->plan.h.n_main, c->plan.h.n_child, false);
	c->pending = false;
	gb_drop(&c->plan);
}

void gb_children_heard(struct gb_keeper *k, pid_t pid)
{
	struct child *c = find(pid);

	/* One that died without a word is told when it is reaped: only then is its status known. */
	if (c && c->pending && gb_exec_event(&c->plan) && c->plan.res.child_op != -2)
		tell_exec(k, c);
}

static void tell_exit(struct gb_keeper *k, uint32_t tag, int status, const struct rusage *ru)
{
	struct gb_msg m = {.type = GB_EXITED, .tag = tag};
	uint64_t used[3] = {
		(uint64_t)ru->ru_utime.tv_sec * 1000000u + (uint64_t)ru->ru_utime.tv_usec,
		(uint64_t)ru->ru_stime.tv_sec * 1000000u + (uint64_t)ru->ru_stime.tv_usec,
		(uint64_t)ru->ru_maxrss * 1024u,
	};

	if (WIFSIGNALED(status)) {
		m.a = (uint32_t)WTERMSIG(status);
		m.b = WCOREDUMP(status) ? 2 : 1;
	} else {
		m.a = (uint32_t)WEXITSTATUS(status);
	}
	gb_say(k, &m, used, sizeof used);
}

static void ended(struct gb_keeper *k, struct child *c, int status, const struct rusage *ru)
{
	struct child *last;

	if (c->pending) {
		gb_exec_event(&c->plan);
		if (c->plan.res.child_op == -2)
			c->plan.res.child_errno = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
		c->plan.reaped = true;
		tell_exec(k, c);
	}
	tell_exit(k, c->tag, status, ru);
	last = &children[--n_children];
	if (c != last)
		memcpy(c, last, last->pending ? sizeof *c : offsetof(struct child, plan));
}

void gb_children_reap(struct gb_keeper *k)
{
	struct gb_msg orphans = {.type = GB_ORPHANS};
	struct rusage ru;
	int status;
	pid_t pid;

	while ((pid = wait4(-1, &status, WNOHANG | __WALL, &ru)) > 0) {
		struct child *c = find(pid);

		if (c)
			ended(k, c, status, &ru);
		else
			orphans.a++;
	}
	if (orphans.a)
		gb_say(k, &orphans, NULL, 0);
}
