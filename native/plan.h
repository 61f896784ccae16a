/*
 * plan.h - the plan: a list of system calls as one flat, relocatable blob.
 *
 * TypeScript (src/engine/plan/encode.ts) writes blobs, decode.c checks them, run.c carries them out. No policy lives
 * here: what a container is, only the writer of the plan knows.
 *
 *   gb_header | gb_op main[n_main] | gb_op child[n_child] | gb_op final[n_final] | u32 reloc[n_reloc] | pool (to the end)
 *
 * Everything is little-endian and 8-byte aligned up to the relocations. A relocation is the blob offset of a u64 cell
 * (an argument of an operation, or an aligned cell in the pool) that holds a blob offset inside the pool; the address
 * of the blob is added to it before the plan runs. Each cell is relocated at most once; their order does not matter. The
 * pool begins where the relocations end, or up to 7 bytes later, and ends with a NUL byte, so that no string runs past it.
 *
 * main   runs in the process that was given the plan (the keeper, or Node through the library);
 * child  runs in the process that a GB_CLONE in main made, from clone3 to execve or GB_EXIT: its last operation is
 *        execve, execveat or GB_EXIT. It is a fork, so it begins with main's slots as they were at the clone;
 * final  runs after main, in the same process, whether main failed or not; its errors are recorded and ignored.
 *
 * main stops at its first operation that fails (and is not tolerated). Its child, if there is one, is then killed and
 * reaped: no event tells of it. A failed child reports its operation and errno over the sync socket and leaves with
 * status 127. The sync socket's end is how main hears that exec succeeded, so a child that closes what it does not need
 * does it by close_range(3, ~0, CLOSE_RANGE_CLOEXEC), never without that flag.
 *
 * A program that execve starts has no signal blocked; one that execveat starts has all of them blocked, unless a seccomp
 * came before: it is an init that means to wait for them.
 *
 * Not allowed as plain system calls: fork, vfork, clone, clone3, exit, exit_group, rt_sigreturn; execve and execveat
 * only in the child.
 */
#ifndef GLASSBOX_PLAN_H
#define GLASSBOX_PLAN_H

#include <stdint.h>

#define GB_MAGIC 0x31584247u /* "GBX1" */
#define GB_MAX_OPS 4096u     /* main, child and final together */
#define GB_MAX_RELOCS 16384u
#define GB_MAX_BLOB (1u << 20)
#define GB_SLOTS 64
#define GB_MAX_STOPS 64u     /* GB_SYNC and GB_HOLD of a child: their words, and as many GB_GO, lie unread in a socket without filling it */
#define GB_MAX_SYSCALL 1024u /* larger numbers are pseudo operations */

struct gb_op {
	uint32_t nr; /* system call number of this architecture, or GB_* below */
	uint32_t flags;
	uint64_t arg[6];
};

/* flags */
#define GB_F_RESULT(f) ((f)&0xffu)             /* 0: result dropped; n: result goes to slot n-1, unless it failed */
#define GB_F_ARG_IS_SLOT(f, i) ((f) >> (8 + (i)) & 1u) /* argument i is a slot number; the slot's value is passed.
						  Empty, since its operation failed or never ran: this one does not
						  run either; result -EBADF, start_ns 0 */
#define GB_F_FD 0x4000u                        /* the result is a descriptor (of a system call or GB_LOAD; needs a slot): closed
						  at the end of main+final, or when its slot is filled again. A plan may
						  close(2) it earlier. Means nothing in the child */
#define GB_F_OUT 0x8000u                       /* with GB_F_FD, main and final: handed to the client with the reply (then
						  closed here). A plan whose main failed hands out nothing */
#define GB_F_TOLERATE(f) ((f) >> 16 & 0xfffu)  /* errno that is no failure; 0: none */
#define GB_TOLERATE_ANY 0xfffu
#define GB_TOLERATE_ABSENT 0xffeu              /* ENOENT and ENOTDIR: nothing is there, or nothing of this kind */

/* pseudo operations; results follow the kernel's convention (negative errno on failure) */
#define GB_CLONE 0x10000u  /* main, at most once: clone3(arg0 -> struct clone_args in the pool, size arg1); result: pid.
			      CLONE_PIDFD must be set in its flags, beside it only CLONE_NEW*, CLONE_INTO_CGROUP and
			      CLONE_CLEAR_SIGHAND (added anyway); pidfd points into the pool; exit_signal is SIGCHLD; no
			      stack, no tls. The pidfd is closed at the end unless a GB_LOAD hands it out. */
#define GB_WAIT 0x10001u   /* main: wait for the child's next GB_SYNC; result: the value it sent.
			      -ECHILD when the child failed or died instead (see gb_result.child_op) */
#define GB_GO 0x10002u     /* main: release the child from its GB_SYNC or GB_HOLD. As many as the child has of both, and in an
			      order in which the two can't wait for each other: the decoder refuses others */
#define GB_EXECED 0x10003u /* main: wait until the child has exec'ed (0), or failed or exited (-ECHILD).
			      This, GB_WAIT and GB_CHILD_WAIT: -ECANCELED when the client dies meanwhile */
#define GB_SYNC 0x10004u   /* child: send arg0 to main's GB_WAIT and wait for GB_GO */
#define GB_EXIT 0x10005u   /* child: exit_group(arg0), a success */
#define GB_FORMAT 0x10006u /* write arg1 (signed) as decimal text and NUL at arg0 in the pool (at most 21 bytes); result: length */
#define GB_STORE 0x10007u  /* store arg1 at arg0 in the pool, arg2 bytes wide (1, 2, 4, 8) */
#define GB_LOAD 0x10008u   /* result: the arg1 (1, 2, 4, 8) bytes at arg0 in the pool, zero-extended; 4 bytes: signed */
#define GB_MOVE 0x10009u   /* result: arg0 (copies a slot, or sets one) */
#define GB_CHILD_WAIT 0x1000au /* main: reap the child (no GB_EXITED then); result: exit status, or 128 + signal */
#define GB_RMDIRS 0x1000bu /* main, final: rmdir the folder at path arg0 and all folders below it, deepest first; files are
			      neither looked at nor removed: so this removes trees of cgroups and no others. Links are not
			      followed. EBUSY is tried again for at most arg1 ms (a cgroup is busy until its last process
			      is reaped, or a little longer). result: 0, or the errno of the first that would not go */
#define GB_CHECK 0x1000cu  /* fails with the errno that lies at arg0 in the pool (arg1: 4 bytes, signed, negative on failure, as
			      in an acknowledgment of netlink(7), where the call that carried it went well); result: that number */
#define GB_HOLD 0x1000du   /* child: wait for GB_GO, where main need not know that it waits */

struct gb_header {
	uint32_t magic, total; /* total: bytes of the whole blob */
	uint32_t n_main, n_child, n_final, n_reloc;
	uint32_t pool_off;     /* first byte of the pool */
	uint32_t n_fds;        /* descriptors that come with the plan; they arrive in slots 0 … n_fds-1 (GB_F_FD rules) */
	uint32_t out_off, out_len; /* region of the pool that the reply carries back; 0, 0: none */
	uint32_t flags;        /* 0; others are refused */
	uint32_t reserved;
};

#define GB_RMDIRS_MS 10000u /* the longest that a GB_RMDIRS may wait */

/* One per operation, in the order main, child, final. start_ns is CLOCK_MONOTONIC; 0: the operation never ran.
 * An execve that succeeded has result 0 and an end set by the process that saw the sync socket close. */
struct gb_record {
	uint64_t start_ns, end_ns;
	int64_t result; /* what the system call gave: >= 0, or -errno */
};

struct gb_result {
	int32_t main_op, main_errno;   /* first operation of main that failed (its index in main), or -1, 0 */
	int32_t child_op, child_errno; /* the same of the child (index in child); child_op -2: it died without a word, child_errno its status */
	int32_t pid;                   /* of the child, or -1 */
	int32_t state;                 /* GB_NO_CHILD … */
};
enum { GB_NO_CHILD, GB_RUNNING /* exec pending */, GB_EXEC_DONE, GB_CHILD_GONE };

#endif
