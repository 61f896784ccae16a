/* mutate.c - mutations that know what a plan is made of. */
#include <string.h>
#include <sys/syscall.h>

#include "../plan.h"
#include "../protocol.h"
#include "mutate.h"

static uint64_t state;

static uint32_t rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n ? (uint32_t)(state >> 32) % n : 0;
}

static const uint32_t tasty[] = {
	0, 1, 2, 7, 8, 48, 56, 63, 64, 65, 80, 88, 0xff, 1023, 1024, 4095, 4096, 4097, GB_MAX_BLOB, GB_RMDIRS_MS, 0x7fffffff,
	0x80000000, 0xfffffff8, 0xffffffff, GB_F_FD, GB_F_FD | GB_F_OUT, GB_TOLERATE_ANY << 16,
};
static const uint32_t operations[] = {
	GB_CLONE, GB_WAIT, GB_GO, GB_EXECED, GB_SYNC, GB_EXIT, GB_FORMAT, GB_STORE, GB_LOAD, GB_MOVE, GB_CHILD_WAIT, GB_RMDIRS,
	GB_CHECK,
	GB_HOLD,
	SYS_execve, SYS_clone, SYS_clone3, SYS_exit_group, SYS_close, SYS_openat, SYS_pipe2, SYS_setns, SYS_unshare,
};
#define ANY(list) list[rnd(sizeof list / sizeof list[0])]

static void change_op(struct gb_op *op, uint32_t n_slots)
{
	unsigned a = rnd(6);

	switch (rnd(7)) {
	case 0:
		op->nr = ANY(operations);
		break;
	case 1:
		op->nr = rnd(GB_MAX_SYSCALL);
		break;
	case 2:
		op->flags = (op->flags & ~0xffu) | rnd(n_slots + 2);
		break;
	case 3:
		op->flags ^= GB_F_FD | (rnd(2) ? GB_F_OUT : 0);
		break;
	case 4:
		op->flags ^= 1u << (8 + a);
		op->arg[a] = rnd(n_slots);
		break;
	case 5:
		op->flags = (op->flags & 0xffffu) | (rnd(2) ? GB_TOLERATE_ANY : rnd(40)) << 16;
		break;
	default:
		op->arg[a] = rnd(2) ? ANY(tasty) : op->arg[a] + (rnd(2) ? 8 : -8ull);
	}
}

/* Operations change their places: within main, child or final, so that most are still accepted. */
static void swap_ops(const struct gb_header *h, struct gb_op *ops)
{
	const uint32_t n[] = {h->n_main, h->n_child, h->n_final}, from[] = {0, n[0], n[0] + n[1]}, s = rnd(3);
	struct gb_op *a = ops + from[s] + rnd(n[s]), *b = ops + from[s] + rnd(n[s]), keep;

	if (!n[s])
		return;
	keep = *a;
	*a = *b;
	if (rnd(2))
		*b = keep;
}

/* An address points elsewhere in the pool, most willingly to its end; or the pool ends earlier. */
static void move_address(uint8_t *b, size_t len, struct gb_header *h, uint64_t n)
{
	uint64_t relocs = sizeof *h + n * sizeof(struct gb_op), target;
	uint32_t at;

	if (!h->n_reloc || h->n_reloc > GB_MAX_RELOCS || relocs + 4ull * h->n_reloc > len || h->total > len || h->pool_off >= h->total)
		return;
	if (!rnd(4) && h->total - h->pool_off > 8) {
		h->total -= 1 + rnd(7);
		b[h->total - 1] = 0;
		return;
	}
	memcpy(&at, b + relocs + 4ull * rnd(h->n_reloc), sizeof at);
	if (at > len - 8)
		return;
	target = rnd(2) ? h->total - 1 - rnd(16) : h->pool_off + (rnd(h->total - h->pool_off) & ~7u);
	memcpy(b + at, &target, sizeof target);
}

size_t gb_mutate_plan(uint8_t *b, size_t len, uint32_t seed)
{
	struct gb_header *h = (struct gb_header *)b;
	struct gb_op *ops = (struct gb_op *)(h + 1);
	uint32_t cells = (uint32_t)(len / 4), room, n;

	state = seed * 0x9e3779b97f4a7c15ull + 1;
	if (len < sizeof *h)
		return len;
	room = (uint32_t)((len - sizeof *h) / sizeof *ops);
	for (uint32_t times = 1 + rnd(4); times; times--) {
		n = h->n_main + h->n_child + h->n_final;
		switch (rnd(10)) {
		case 8:
		case 9:
			move_address(b, len, h, n);
			break;
		case 0:
		case 1:
		case 2:
			if (n && n <= room)
				change_op(&ops[rnd(n)], 12);
			break;
		case 3:
			if (n && n <= room && (uint64_t)h->n_main + h->n_child + h->n_final == n)
				swap_ops(h, ops);
			break;
		case 4:
			((uint32_t *)b)[rnd(12)] = rnd(2) ? ANY(tasty) : rnd((uint32_t)len);
			break;
		case 5:
			((uint32_t *)b)[rnd(cells)] = rnd(2) ? ANY(tasty) : rnd((uint32_t)len);
			break;
		case 6:
			b[rnd((uint32_t)len)] ^= (uint8_t)(1u << rnd(8));
			break;
		default: /* one operation less: its bytes and relocations are wrong then, mostly */
			if (h->n_main > 1 && !rnd(4))
				h->n_main--;
		}
	}
	return len;
}
