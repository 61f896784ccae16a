/*
 * undo.c - the ledger: plans that undo what outlives a process.
 *
 * It lives in memory that guard and worker share, so that a kill -9 of the worker loses nothing. The worker alone
 * writes; the guard reads when the worker is dead, which may have been at any instruction. So the blocks always form a
 * proper chain: each change becomes visible by one atomic store, and a block is filled in while it is still free.
 * A plan is forgotten after it has run, not before: undo plans must bear being run twice.
 */
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "keeper.h"

#define LEDGER_SIZE (4u << 20) /* pages that were never touched cost nothing */

struct block {
	_Atomic uint32_t size;  /* with this header; the next block begins there */
	_Atomic uint32_t taken;
	uint32_t key, phase, len, pad;
	uint64_t age;
	uint8_t blob[];
};

static uint8_t *ledger;
static uint64_t ages;

int gb_undo_open(void)
{
	ledger = mmap(NULL, LEDGER_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (ledger == MAP_FAILED)
		return -errno;
	atomic_store(&((struct block *)ledger)->size, LEDGER_SIZE);
	return 0;
}

static struct block *first(void)
{
	return (struct block *)ledger;
}

static struct block *next(const struct block *b)
{
	uint8_t *n = (uint8_t *)b + atomic_load(&b->size);

	return n < ledger + LEDGER_SIZE ? (struct block *)n : NULL;
}

static struct block *find_room(uint32_t need)
{
	for (struct block *b = first(), *n; b; b = next(b)) {
		if (atomic_load(&b->taken))
			continue;
		while ((n = next(b)) && !atomic_load(&n->taken))
			atomic_store(&b->size, atomic_load(&b->size) + atomic_load(&n->size));
		if (atomic_load(&b->size) >= need)
			return b;
	}
	return NULL;
}

int gb_undo_push(uint32_t key, uint32_t phase, const uint8_t *blob, uint32_t len, struct gb_fault *fault)
{
	uint32_t need = (uint32_t)(sizeof(struct block) + len + 7) & ~7u, rest;
	struct block *b, *n;
	int err;

	if (phase > 1)
		return gb_refuse(fault, EINVAL, 0, "the phase is 0 or 1, not %u", phase);
	err = gb_decode(blob, len, GB_UNDO, fault);
	if (err)
		return err;
	b = find_room(need);
	if (!b)
		return gb_refuse(fault, ENOSPC, 0, "the ledger of undo plans is full (%u bytes)", LEDGER_SIZE);
	rest = atomic_load(&b->size) - need;
	if (rest >= sizeof *b) {
		n = (struct block *)((uint8_t *)b + need);
		atomic_store(&n->taken, 0);
		atomic_store(&n->size, rest);
		atomic_store(&b->size, need);
	}
	b->key = key;
	b->phase = phase;
	b->len = len;
	b->age = ++ages;
	memcpy(b->blob, blob, len);
	atomic_store(&b->taken, 1);
	return 0;
}

static struct block *newest(bool by_phase, uint32_t wanted)
{
	struct block *found = NULL;

	for (struct block *b = first(); b; b = next(b))
		if (atomic_load(&b->taken) && (by_phase ? b->phase : b->key) == wanted && (!found || b->age > found->age))
			found = b;
	return found;
}

static bool run(struct block *b, const struct gb_env *env, struct gb_plan *p)
{
	struct gb_fault fault;
	bool ok = !gb_load(p, b->blob, b->len, GB_UNDO, &fault);

	if (ok)
		gb_run_plan(p, env, NULL);
	atomic_store(&b->taken, 0);
	return ok;
}

bool gb_undo_more(uint32_t key)
{
	return newest(false, key);
}

bool gb_undo_run(uint32_t key, const struct gb_env *env, struct gb_plan *p)
{
	struct block *b = newest(false, key);

	return b && run(b, env, p);
}

uint32_t gb_undo_drop(uint32_t key)
{
	struct block *b;
	uint32_t n = 0;

	for (; (b = newest(false, key)); n++)
		atomic_store(&b->taken, 0);
	return n;
}

void gb_undo_phase(uint32_t phase)
{
	/* Nothing interrupts these: whoever could is gone. */
	struct gb_env env = {.hangup = -1, .stop = -1, .child_close = {-1, -1}};
	struct gb_plan p;
	struct block *b;

	while ((b = newest(true, phase)))
		if (run(b, &env, &p))
			gb_drop(&p);
}

bool gb_undo_empty(void)
{
	for (struct block *b = first(); b; b = next(b))
		if (atomic_load(&b->taken))
			return false;
	return true;
}
