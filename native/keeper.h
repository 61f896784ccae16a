/*
 * keeper.h - what the files of the keeper share.
 *
 *   keeper.c    start; the guard
 *   worker.c    the loop: requests in, answers and events out
 *   children.c  who was started for whom, and how it ended
 *   undo.c      the ledger of undo plans, in memory that guard and worker share
 *   sweep.c     no descendant stays behind
 */
#ifndef GLASSBOX_KEEPER_H
#define GLASSBOX_KEEPER_H

#include <stdbool.h>

#include "run.h"
#include "protocol.h"

#define GB_SOCKET_FD 3
#define GB_BELL_FD 4

struct gb_keeper {
	int sock, bell;
	int proc;                 /* /proc as it was at start: a plan may later change what lies there */
	int link;                 /* to the guard, or, in the guard, to the worker */
	int epoll, chld, term;
	pid_t guard;
	struct gb_env env;
	bool gone;                /* the client, or our right to live */
	uint64_t spaces[7];       /* inode numbers of the namespaces that the guard knows us to be in */
};

/* worker.c */
_Noreturn void gb_worker(struct gb_keeper *k);
/* Sends and rings; a client that is gone sets k->gone. */
void gb_say(struct gb_keeper *k, const struct gb_msg *m, const void *payload, size_t len);
void gb_say_plan(struct gb_keeper *k, struct gb_msg *m, struct gb_plan *p, uint32_t first, uint32_t n, bool whole);

/* children.c */
#define GB_MAX_CHILDREN 1024u
bool gb_children_full(void);
/* After gb_say_plan: takes what must be kept of the plan (moves out of *p) and watches it. */
void gb_children_add(struct gb_keeper *k, uint32_t tag, struct gb_plan *p);
void gb_children_reap(struct gb_keeper *k);
void gb_children_heard(struct gb_keeper *k, pid_t pid);

/* undo.c */
int gb_undo_open(void);
int gb_undo_push(uint32_t key, uint32_t phase, const uint8_t *blob, uint32_t len, struct gb_fault *fault);
/* Runs the newest plan of this key and forgets it. false: there is none. The caller drops *p. */
bool gb_undo_run(uint32_t key, const struct gb_env *env, struct gb_plan *p);
bool gb_undo_more(uint32_t key);
uint32_t gb_undo_drop(uint32_t key);
/* All of one phase, newest first. */
void gb_undo_phase(uint32_t phase);
bool gb_undo_empty(void);

/* sweep.c */
/* Kills all descendants of this process and waits until there are none. SIGCHLD must be blocked. */
void gb_sweep(int proc);
/* Calls kill for each child of this process, by /proc/<pid>/task/<tid>/children or, where there is none, /proc/<n>/stat. */
int gb_kill_children(int proc);
int gb_kill_children_by_stat(int proc);

/* spaces.c: the guard follows its worker into the namespaces that the worker's plans made */
void gb_spaces_tell(struct gb_keeper *k);
void gb_spaces_hear(int link, int fds[7], int *n);
void gb_spaces_join(const int fds[7], int n);

#endif
