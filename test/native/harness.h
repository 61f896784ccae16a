/*
 * harness.h - for the C tests: results as TAP lines, and a small builder of plans.
 */
#ifndef GLASSBOX_HARNESS_H
#define GLASSBOX_HARNESS_H

#include <linux/sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "../../native/plan.h"
#include "../../native/protocol.h"

void check(bool ok, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int summary(void);
/* Open descriptors of this process. */
int count_fds(void);

enum section { MAIN, CHILD, FINAL };
enum arg_kind { IMMEDIATE, POINTER, SLOT };
struct arg {
	enum arg_kind kind;
	uint64_t v;
};
#define I(n) ((struct arg){IMMEDIATE, (uint64_t)(n)})
#define P(off) ((struct arg){POINTER, (off)})
#define S(n) ((struct arg){SLOT, (n)})

struct draft {
	struct gb_op op[3][256];
	uint8_t pointers[3][256]; /* bit i: argument i is relocated */
	uint32_t n[3], n_cells, pool, n_fds, out_off, out_len;
	uint32_t cell[256];
	uint8_t bytes[65536];
};

#define OP(d, s, nr, flags, ...) add_op(d, s, nr, flags, (struct arg[6]){__VA_ARGS__})
#define RESULT(slot) ((uint32_t)(slot) + 1u)
#define TOLERATE(e) ((uint32_t)(e) << 16)
uint32_t add_op(struct draft *d, enum section s, uint32_t nr, uint32_t flags, const struct arg arg[6]);
/* Bytes in the pool, 8-byte aligned; returns their offset in the pool. */
uint32_t add_bytes(struct draft *d, const void *from, uint32_t len);
uint32_t add_text(struct draft *d, const char *text);
/* An array of pointers into the pool, ended by NULL. */
uint32_t add_argv(struct draft *d, const char *const *argv);
void add_cell(struct draft *d, uint32_t at, uint32_t points_to);
/* clone_args with their pidfd cell behind them (at +88). Returns their offset. */
uint32_t add_clone(struct draft *d, uint64_t flags, uint32_t slot);
#define PIDFD_AT 88u
/* The blob; *len its size. Valid until the next call. */
uint8_t *finish(const struct draft *d, uint32_t *len);
struct draft *new_draft(void);

#endif
