/*
 * requests.c - fuzzes the keeper's loop: an input is a script's length, the script of the imaginary kernel, and messages
 * to the worker. It runs from its start to its exit. Each request must be answered exactly once, unless the client is
 * gone; no descriptor that came with one may stay open; the ledger stays a chain.
 */
#include <sanitizer/asan_interface.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "../children.c" /* their state is made anew for each input */
#include "../undo.c"

#include "machine.h"
#include "mutate.h"
#include "requests.h"

#undef munmap
#undef _exit

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static jmp_buf over;

/* What else the worker calls. */
void gb_sweep(int proc)
{
	(void)proc;
}

void gb_spaces_tell(struct gb_keeper *k)
{
	(void)k;
}

void gb_seam_exit(int status)
{
	longjmp(over, 1 + status);
}

#undef gb_run_plan
void gb_run_plan(struct gb_plan *p, const struct gb_env *env, const int *fds);

static bool loads_fds(const struct gb_plan *p)
{
	for (uint32_t i = 0; i < gb_n_ops(&p->h); i++)
		if (gb_ops(p->map)[i].nr == GB_LOAD && gb_ops(p->map)[i].flags & GB_F_FD)
			return true;
	return false;
}

void gb_seam_run_plan(struct gb_plan *p, const struct gb_env *env, const int *fds)
{
	uint8_t *end = (uint8_t *)(p->place + 1);

	machine_plan(p);
	if (loads_fds(p))
		machine_lenient();
	ASAN_POISON_MEMORY_REGION(end, (size_t)(p->map + p->map_size - end));
	gb_run_plan(p, env, fds);
	ASAN_UNPOISON_MEMORY_REGION(end, (size_t)(p->map + p->map_size - end));
	machine_plan(NULL);
}

/* Where the payload of the n-th message begins, and its length. */
static uint8_t *payload(uint8_t *data, size_t size, uint32_t n, uint32_t *len)
{
	uint32_t script = 0;
	size_t at;

	if (size < 4)
		return NULL;
	memcpy(&script, data, sizeof script);
	for (at = 4ull + script; at + 8 <= size; n--) {
		memcpy(len, data + at + 4, sizeof *len);
		at += 8;
		if (*len > size - at)
			*len = (uint32_t)(size - at);
		if (!n)
			return data + at;
		at += *len;
	}
	return NULL;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	uint32_t len, script = 0;
	uint8_t *plan = payload(data, size, (seed >> 4) % 12, &len), *copy;

	if (seed % 4 == 0 || size < 4)
		return LLVMFuzzerMutate(data, size, max);
	memcpy(&script, data, sizeof script);
	if (seed % 4 == 1 && script && script <= size - 4) {
		LLVMFuzzerMutate(data + 4, script, script);
		return size;
	}
	if (!plan || !len)
		return LLVMFuzzerMutate(data, size, max);
	copy = malloc(len + 8);
	memcpy(copy, plan, len);
	gb_mutate_plan(copy, len, seed / 4);
	memcpy(plan, copy, len);
	free(copy);
	return size;
}

static void check_ledger(void)
{
	size_t at = 0;

	for (struct block *b = first(); b; b = next(b)) {
		uint32_t size = atomic_load(&b->size);

		if (size < sizeof *b || size % 8 || size > LEDGER_SIZE - at || (atomic_load(&b->taken) && b->len > size - sizeof *b))
			broken("the ledger's chain is broken at %zu: %u bytes", at, size);
		at += size;
	}
	if (at != LEDGER_SIZE)
		broken("the ledger's chain ends at %zu", at);
	if (!gb_undo_empty())
		broken("an undo plan was not run");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gb_keeper k;
	uint32_t script = 0;
	int left, status;

	if (size < 4)
		return 0;
	memcpy(&script, data, sizeof script);
	if (script > size - 4)
		return 0;
	machine_reset(data + 4, script, &over);
	client_reset(data + 4 + script, size - 4 - script);
	if (!ledger && gb_undo_open())
		broken("no memory for the ledger");
	memset(ledger, 0, sizeof(struct block));
	atomic_store(&first()->size, LEDGER_SIZE);
	ages = n_children = 0;
	k = (struct gb_keeper){.sock = 3, .bell = 4, .proc = -1, .guard = 1};
	status = setjmp(over);
	if (!status)
		gb_worker(&k);
	if (status != 1)
		broken("the keeper leaves with status %d", status - 1);
	check_ledger();
	if (client_unanswered())
		broken("%u requests were not answered", client_unanswered());
	for (uint32_t i = 0; i < n_children; i++)
		if (children[i].pending)
			gb_drop(&children[i].plan);
	left = machine_first_open(SENT);
	if (left >= 0)
		broken("descriptor %d, which came with a request, is left open", left);
	return 0;
}
