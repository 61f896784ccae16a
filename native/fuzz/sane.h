/*
 * sane.h - what must be true of a plan that the decoder has accepted, read straight and slowly from plan.h.
 */
#ifndef GLASSBOX_SANE_H
#define GLASSBOX_SANE_H

#include <sys/syscall.h>

#include "../decode.h"
#include "../protocol.h"

/* NULL, or what is wrong. */
static inline const char *gb_insane(const uint8_t *b, uint32_t len)
{
	const struct gb_header *h = (const struct gb_header *)b;
	const struct gb_op *op = gb_ops(b);
	const uint32_t *reloc = gb_relocs(b);
	uint32_t clones = 0, outs = 0, stops = 0, gos = 0;

	if (h->total != len || len > GB_MAX_BLOB || b[len - 1] || h->pool_off >= len)
		return "its size, or the end of its pool";
	if (gb_n_ops(h) > GB_MAX_OPS || h->n_reloc > GB_MAX_RELOCS || h->n_fds > GB_MAX_FDS)
		return "too much of something";
	if (h->out_len && (h->out_off < h->pool_off || h->out_off + (uint64_t)h->out_len > len))
		return "its out region";
	for (uint32_t i = 0; i < gb_n_ops(h); i++) {
		bool child = i >= h->n_main && i < h->n_main + h->n_child;

		if (op[i].nr >= GB_MAX_SYSCALL && (op[i].nr < GB_CLONE || op[i].nr > GB_HOLD))
			return "an unknown operation";
		if (!child && (op[i].nr == SYS_execve || op[i].nr == SYS_execveat || op[i].nr == GB_SYNC || op[i].nr == GB_EXIT))
			return "an operation of the child outside of it";
		if (op[i].nr == SYS_clone3 || op[i].nr == SYS_clone || op[i].nr == SYS_exit_group || op[i].nr == SYS_rt_sigreturn)
			return "a forbidden system call";
		clones += op[i].nr == GB_CLONE;
		stops += op[i].nr == GB_SYNC || op[i].nr == GB_HOLD;
		gos += op[i].nr == GB_GO;
		outs += !!(op[i].flags & GB_F_OUT);
		if (GB_F_RESULT(op[i].flags) > GB_SLOTS || (op[i].flags & (GB_F_FD | GB_F_OUT) && !GB_F_RESULT(op[i].flags)))
			return "a result without a slot";
		for (unsigned a = 0; a < 6; a++)
			if (GB_F_ARG_IS_SLOT(op[i].flags, a) && op[i].arg[a] >= GB_SLOTS)
				return "a slot that there is not";
	}
	for (uint32_t i = 0; i < h->n_reloc; i++)
		if (reloc[i] % 8 || reloc[i] < sizeof *h || reloc[i] + 8ull > len ||
		    *(const uint64_t *)(b + reloc[i]) < h->pool_off || *(const uint64_t *)(b + reloc[i]) >= len)
			return "a relocation";
	if (stops != gos || stops > GB_MAX_STOPS)
		return "main and child that wait for each other";
	if (outs > GB_MAX_FDS)
		return "more descriptors than a message carries";
	return clones == (h->n_child ? 1 : 0) ? NULL : "clone and child do not go together";
}

#endif
