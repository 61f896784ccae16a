/*
 * decode.h - checks a plan completely before anything of it runs.
 */
#ifndef GLASSBOX_DECODE_H
#define GLASSBOX_DECODE_H

#include <linux/sched.h>
#include <stdbool.h>
#include <stddef.h>

#include "plan.h"

/* Why a plan was refused: an errno, the byte of the blob where the decoder stopped, and a sentence that says what was
 * expected and what came. */
struct gb_fault {
	int err;
	uint32_t where;
	char why[176];
};

enum gb_kind {
	GB_PLAN,
	GB_UNDO, /* main only and no descriptors: it may run when the client, or even the keeper, is long dead */
};

/* 0, or -errno with *fault filled in. The blob must be 8-byte aligned; it is only read. */
int gb_decode(const uint8_t *blob, uint32_t len, enum gb_kind kind, struct gb_fault *fault);

/* Fills in a fault; returns -err. */
int gb_refuse(struct gb_fault *fault, int err, uint32_t where, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* What is wrong with these clone arguments, or NULL. Checked when decoding and again when the clone runs, because plans
 * may store into them in between (a cgroup descriptor, for instance). */
const char *gb_clone_wrong(const struct clone_args *args);

static inline const struct gb_op *gb_ops(const uint8_t *blob)
{
	return (const struct gb_op *)(blob + sizeof(struct gb_header));
}

static inline uint32_t gb_n_ops(const struct gb_header *h)
{
	return h->n_main + h->n_child + h->n_final;
}

static inline const uint32_t *gb_relocs(const uint8_t *blob)
{
	return (const uint32_t *)(gb_ops(blob) + gb_n_ops((const struct gb_header *)blob));
}

#endif
