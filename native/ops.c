/*
 * ops.c - the operations that main, child and final have in common: system calls and the plan's own memory.
 *
 * Runs in the child too, between clone and exec: system calls only, no allocation, no locks.
 */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"

bool gb_args(const struct gb_plan *p, const struct gb_op *op, uint64_t arg[6])
{
	for (unsigned i = 0; i < 6; i++) {
		arg[i] = op->arg[i];
		if (!GB_F_ARG_IS_SLOT(op->flags, i))
			continue;
		/* Its operation failed and was tolerated, or main stopped before it. Passing -1 instead would make
		 * kill(slot, SIGKILL) a massacre. */
		if (!(p->set >> op->arg[i] & 1))
			return false;
		arg[i] = (uint64_t)p->slot[op->arg[i]];
	}
	return true;
}

void gb_put(struct gb_plan *p, const struct gb_op *op, int64_t value)
{
	uint32_t n = GB_F_RESULT(op->flags);

	if (!n)
		return;
	p->slot[n - 1] = value;
	p->set |= 1ull << (n - 1);
}

bool gb_in_pool(const struct gb_plan *p, uint64_t addr, uint64_t bytes)
{
	uint64_t first = (uint64_t)(uintptr_t)p->map + p->h.pool_off, end = (uint64_t)(uintptr_t)p->map + p->h.total;

	return addr >= first && addr <= end && bytes <= end - addr;
}

/* The pool ended with a NUL when it was checked; calls of the plan may have written over it since. */
static bool is_text(const struct gb_plan *p, uint64_t addr)
{
	return gb_in_pool(p, addr, 1) &&
	       memchr((const void *)(uintptr_t)addr, 0, (uint64_t)(uintptr_t)p->map + p->h.total - addr);
}

static int64_t format(const struct gb_plan *p, uint64_t addr, int64_t value)
{
	char text[24], *s = text + sizeof text;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	size_t n;

	*--s = 0;
	do
		*--s = (char)('0' + v % 10);
	while (v /= 10);
	if (value < 0)
		*--s = '-';
	n = (size_t)(text + sizeof text - s);
	if (!gb_in_pool(p, addr, n))
		return -EFAULT;
	memcpy((void *)(uintptr_t)addr, s, n);
	return (int64_t)n - 1;
}

static bool width_ok(uint64_t w)
{
	return w == 1 || w == 2 || w == 4 || w == 8;
}

static int64_t load(const struct gb_plan *p, uint64_t addr, uint64_t width, bool *failed)
{
	int64_t v = 0;
	int32_t narrow;

	if (!width_ok(width) || !gb_in_pool(p, addr, width)) {
		*failed = true;
		return width_ok(width) ? -EFAULT : -EINVAL;
	}
	if (width == 4) { /* most of what is loaded are descriptors and pids */
		memcpy(&narrow, (const void *)(uintptr_t)addr, sizeof narrow);
		return narrow;
	}
	memcpy(&v, (const void *)(uintptr_t)addr, width);
	return v;
}

int64_t gb_call(struct gb_plan *p, const struct gb_op *op, const uint64_t a[6], bool *failed)
{
	int64_t v;

	*failed = false;
	switch (op->nr) {
	case GB_LOAD:
		return load(p, a[0], a[1], failed);
	case GB_MOVE:
		return (int64_t)a[0];
	case GB_CHECK:
		v = load(p, a[0], a[1], failed);
		if (v < -4095) /* no errno */
			v = -EIO;
		break;
	case GB_FORMAT:
		v = format(p, a[0], (int64_t)a[1]);
		break;
	case GB_STORE:
		v = !width_ok(a[2]) ? -EINVAL : gb_in_pool(p, a[0], a[2]) ? 0 : -EFAULT;
		if (!v)
			memcpy((void *)(uintptr_t)a[0], &a[1], a[2]);
		break;
	case GB_RMDIRS: /* the decoder allows it in main and final only */
		v = is_text(p, a[0]) ? gb_rmdirs((const char *)(uintptr_t)a[0], (uint32_t)a[1]) : -EFAULT;
		break;
	default:
		v = syscall((long)op->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
		if (v == -1)
			v = -errno;
		else if (v < -4095) /* neither a result nor an errno */
			v = -EIO;
	}
	*failed = v < 0;
	return v;
}
