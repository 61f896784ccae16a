/*
 * plan.c - fuzzes decoder and interpreter: an input is a plan (as long as its header says) and, after it, the script of
 * the imaginary kernel. What the decoder accepts is held against sane.h, then run: by main, final, and now and then by the
 * child. In the end no descriptor may be left open, and none may have been closed twice.
 */
#include <sanitizer/asan_interface.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "../run.h"
#include "machine.h"
#include "mutate.h"
#include "sane.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t plan_size(const uint8_t *data, size_t size)
{
	uint32_t total = 0;

	if (size >= sizeof(struct gb_header))
		memcpy(&total, data + offsetof(struct gb_header, total), sizeof total);
	return total && total < size ? total : size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	size_t plan = plan_size(data, size), rest;
	uint8_t *copy;

	if (seed % 8 == 0)
		return LLVMFuzzerMutate(data, size, max);
	if (seed % 8 < 3) { /* the script alone */
		rest = LLVMFuzzerMutate(data + plan, size - plan, max - plan);
		return plan + rest;
	}
	copy = malloc(plan + 8);
	memcpy(copy, data, plan);
	gb_mutate_plan(copy, plan, seed / 8);
	memcpy(data, copy, plan);
	free(copy);
	return size;
}

/* In a block of exactly its size, so that any look beyond the end is caught. */
static void decode(const uint8_t *blob, uint32_t len, enum gb_kind kind)
{
	struct gb_fault fault = {0};
	uint8_t *b = malloc(len ? len : 1), *before = malloc(len ? len : 1);
	const char *wrong;
	int err;

	memcpy(b, blob, len);
	memcpy(before, blob, len);
	err = gb_decode(b, len, kind, &fault);
	if (memcmp(b, before, len))
		broken("the decoder writes into the plan");
	wrong = err ? NULL : gb_insane(b, len);
	if (wrong)
		broken("accepted with a fault: %s", wrong);
	if (err && (err != -fault.err || !fault.why[0] || fault.where > len + 8))
		broken("refused without errno, place and reason: %d, %d at %u: %s", err, fault.err, fault.where, fault.why);
	free(b);
	free(before);
}

/* Any number may be loaded as a descriptor, also one that is closed. */
static bool loads_fds(const struct gb_plan *p)
{
	for (uint32_t i = 0; i < gb_n_ops(&p->h); i++)
		if (gb_ops(p->map)[i].nr == GB_LOAD && gb_ops(p->map)[i].flags & GB_F_FD)
			return true;
	return false;
}

static void check_fds(const struct gb_plan *p)
{
	const struct gb_op *op = gb_ops(p->map);

	for (uint32_t i = 0; i < gb_n_ops(&p->h); i++)
		if (op[i].flags & GB_F_FD && op[i].nr < GB_MAX_SYSCALL && p->rec[i].start_ns && machine_is_open(p->rec[i].result) &&
		    !(i >= p->h.n_main && i < p->h.n_main + p->h.n_child))
			broken("operation %u: descriptor %lld is left open", i, (long long)p->rec[i].result);
}

static void run(struct gb_plan *p)
{
	struct gb_env env = {.hangup = 7, .stop = 8, .child_close = {3, 4}};
	int fds[GB_MAX_FDS], n;
	uint8_t *end = (uint8_t *)(p->place + 1);

	for (uint32_t i = 0; i < p->h.n_fds; i++)
		fds[i] = machine_open(SENT);
	machine_plan(p);
	if (loads_fds(p))
		machine_lenient();
	ASAN_POISON_MEMORY_REGION(p->map + p->h.total, (size_t)((uint8_t *)p->rec - p->map - p->h.total));
	ASAN_POISON_MEMORY_REGION(end, (size_t)(p->map + p->map_size - end));
	gb_run_plan(p, &env, fds);
	if (p->res.state == GB_RUNNING)
		gb_exec_event(p);
	n = gb_give_outs(p, fds);
	if (n < 0 || n > GB_MAX_FDS)
		broken("%d descriptors are handed out", n);
	while (n)
		machine_hand_out(fds[--n]);
	gb_close_fds(p);
	check_fds(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gb_plan p;
	size_t plan = plan_size(data, size);
	struct gb_fault fault;
	uint64_t *aligned;
	jmp_buf over;
	int left;

	if (plan > GB_MAX_BLOB + 64)
		return 0;
	decode(data, (uint32_t)plan, GB_PLAN);
	decode(data, (uint32_t)plan, GB_UNDO);
	machine_reset(data + plan, size - plan, &over);
	machine_children(true);
	aligned = malloc(plan + 8);
	memcpy(aligned, data, plan);
	if (gb_load(&p, (const uint8_t *)aligned, (uint32_t)plan, GB_PLAN, &fault)) {
		free(aligned);
		return 0;
	}
	free(aligned);
	if (setjmp(over)) {
		/* It was the child, which ends here. What was its parent's is not looked at. */
		machine_lenient();
		ASAN_UNPOISON_MEMORY_REGION(p.map, p.map_size);
		machine_plan(NULL);
		gb_drop(&p);
		return 0;
	}
	run(&p);
	ASAN_UNPOISON_MEMORY_REGION(p.map, p.map_size);
	machine_plan(NULL);
	gb_drop(&p);
	left = machine_first_open(INTERPRETER);
	if (left >= 0)
		broken("descriptor %d of the interpreter's own is left open", left);
	left = machine_first_open(SENT);
	if (left >= 0)
		broken("descriptor %d, which came with the plan, is left open", left);
	return 0;
}
