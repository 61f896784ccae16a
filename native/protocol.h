/*
 * protocol.h - what the client (Node) and the keeper say to each other.
 *
 * One SOCK_SEQPACKET Unix socket; a message is a struct gb_msg and a payload, with descriptors as SCM_RIGHTS.
 * For every message that the keeper sends it also writes one byte to the doorbell pipe: Node polls the pipe (libuv cannot
 * poll a seqpacket socket for us), then receives without waiting. The pipe's end means that the keeper is gone.
 * `tag` is chosen by the client; every answer carries the tag of its request, every event the tag of the GB_RUN that
 * made the process.
 */
#ifndef GLASSBOX_PROTOCOL_H
#define GLASSBOX_PROTOCOL_H

#include <stdint.h>

#define GB_PROTOCOL 1u
#define GB_MAX_MESSAGE (160u * 1024u) /* below net.core.wmem_default, 212992 */
#define GB_MAX_FDS 32

/* Descriptors that guard and worker hold from their start: the mount and cgroup namespaces that the keeper was started in.
 * An undo plan that must act there, wherever plans have moved the worker (and with it the guard), names them in setns. */
#define GB_HOME_MNT_FD 100
#define GB_HOME_CGROUP_FD 101

struct gb_msg {
	uint32_t type, tag;
	uint32_t a, b; /* by type */
};

enum gb_request {
	GB_HELLO = 1, /* a: GB_PROTOCOL. Answer: GB_OK, a: protocol, b: worker's pid, payload: u32 guard's pid */
	GB_RUN,       /* payload: a plan; its descriptors beside it. Answer: GB_DONE */
	GB_UNDO_PUSH, /* a: key, b: phase (0: before processes are killed, 1: after). payload: a plan (main only, no
			 descriptors; it may come to run twice, when the keeper is killed in the middle of it).
			 Kept, and run (newest first) when the client is gone. Answer: GB_OK, or GB_REFUSED */
	GB_UNDO_RUN,  /* a: key. Runs and forgets the plans of this key, newest first. Answer: GB_DONE of the last, or
			 GB_OK when there was none */
	GB_UNDO_DROP, /* a: key. Forgets them without running. Answer: GB_OK, a: how many */
	GB_QUIT,      /* as if the client had closed, but answered: GB_OK after all is swept, then end.
			 No events meanwhile */
};

enum gb_answer {
	GB_OK = 64,
	GB_REFUSED, /* malformed: a: errno, b: byte offset where the decoder stopped; payload: a sentence. Nothing ran.
		       ENOSYS: no such request. ENOSPC: the ledger is full. EAGAIN: too many processes. EMSGSIZE: message
		       or descriptors beyond the limits above */
	GB_DONE,    /* payload: gb_result | gb_record[n_main + n_child + n_final] | out region.
		       descriptors: those of GB_F_OUT, in the order of the operations */
	GB_EXEC,    /* event, for a child that was GB_RUNNING when its GB_DONE went out: payload gb_result | gb_record[n_child].
		       It exec'ed (child_op -1) or failed (child_op, child_errno) */
	GB_EXITED,  /* event: the child was reaped. a: exit status or signal, b: 0 exited, 1 killed by signal (2: core dumped).
		       payload: u64 user time us, u64 system time us, u64 max RSS bytes (getrusage of wait4) */
	GB_ORPHANS, /* event: a: how many adopted processes were reaped since the last one. tag: 0 */
};

#endif
