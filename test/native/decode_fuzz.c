/*
 * decode_fuzz.c - where there is no clang for native/fuzz: 200 000 mutated plans through the decoder, under the address and undefined-behaviour sanitizers.
 *
 * Always the same ones: the generator is seeded. Each blob lies in a heap block of exactly its size, so any look beyond
 * its end is caught. What is accepted is held against an independent, slower reading of plan.h.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../native/decode.h"
#include "../../native/fuzz/sane.h"
#include "harness.h"

static uint64_t seed = 0x9e3779b97f4a7c15ull;

static uint32_t rnd(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 32) % n;
}

static uint8_t *make_sample(int kind, uint32_t *len)
{
	const char *const argv[] = {"/bin/sh", "-c", "exit 3", NULL};
	struct draft *d = new_draft();
	uint32_t args, at = add_bytes(d, NULL, 64);

	OP(d, MAIN, SYS_openat, RESULT(0) | GB_F_FD, I(-100), P(add_text(d, "/dev/null")), I(0));
	OP(d, MAIN, GB_STORE, 0, P(at), S(0), I(4));
	OP(d, MAIN, GB_FORMAT, TOLERATE(1), P(at + 8), S(0));
	OP(d, MAIN, GB_LOAD, RESULT(5), P(at), I(4));
	d->out_off = at;
	d->out_len = 64;
	if (kind == 0)
		return finish(d, len);
	args = add_clone(d, CLONE_NEWPID, 1);
	OP(d, MAIN, GB_LOAD, RESULT(2) | GB_F_FD | GB_F_OUT, P(args + PIDFD_AT), I(4));
	OP(d, CHILD, SYS_prctl, 0, I(1), I(9));
	if (kind == 2) {
		for (int i = 0; i < 3; i++) {
			OP(d, CHILD, GB_SYNC, 0, S(0));
			OP(d, MAIN, GB_WAIT, RESULT(3), I(0));
			OP(d, MAIN, GB_GO, 0, I(0));
		}
	}
	OP(d, CHILD, SYS_execve, 0, P(add_text(d, argv[0])), P(add_argv(d, argv)), P(add_bytes(d, NULL, 8)));
	OP(d, MAIN, GB_EXECED, 0, I(0));
	OP(d, MAIN, GB_CHILD_WAIT, 0, I(0));
	OP(d, FINAL, SYS_close, 0, S(0));
	return finish(d, len);
}

static const uint8_t *sample(int kind, uint32_t *len)
{
	static uint8_t kept[3][8192];
	static uint32_t size[3];

	if (!size[kind])
		memcpy(kept[kind], make_sample(kind, &size[kind]), sizeof kept[kind]);
	*len = size[kind];
	return kept[kind];
}

static const uint32_t tasty[] = {0, 1, 2, 7, 8, 48, 56, 63, 64, 65, 88, 0xff, 1023, 1024, 4095, 4096, 4097, 0x7fffffff,
				 0x80000000, 0xfffffff8, 0xffffffff, GB_CLONE, GB_WAIT, GB_GO, GB_EXECED, GB_SYNC, GB_EXIT,
				 GB_FORMAT, GB_STORE, GB_LOAD, GB_MOVE, GB_CHILD_WAIT, GB_RMDIRS, GB_CHECK, GB_HOLD, SYS_execve, SYS_clone};

static uint32_t mutate(uint8_t *b, uint32_t len)
{
	uint32_t cells = len / 4, at;

	for (uint32_t n = 1 + rnd(4); n; n--) {
		at = rnd(3) ? rnd(cells) : rnd(12); /* headers are small: help them to their share */
		switch (rnd(6)) {
		case 0:
			b[rnd(len)] ^= (uint8_t)(1u << rnd(8));
			break;
		case 1:
			((uint32_t *)b)[at] = tasty[rnd(sizeof tasty / sizeof tasty[0])];
			break;
		case 2:
			((uint32_t *)b)[at] += rnd(2) ? 8u : (uint32_t)-8;
			break;
		case 3:
			((uint32_t *)b)[at] = ((uint32_t *)b)[rnd(cells)];
			break;
		case 4:
			((uint32_t *)b)[at] = rnd(len);
			break;
		case 5:
			if (!rnd(8)) {
				len = rnd(len) & ~7u;
				if (len >= 8)
					((uint32_t *)b)[1] = len;
				return len;
			}
		}
	}
	return len;
}

/* What must be true of an accepted plan; then it is relocated, and the sanitizer looks on. */
static bool sane(uint8_t *b, uint32_t len)
{
	const uint32_t *reloc = gb_relocs(b);

	if (gb_insane(b, len))
		return false;
	for (uint32_t i = 0; i < ((const struct gb_header *)b)->n_reloc; i++)
		*(uint64_t *)(b + reloc[i]) += (uint64_t)(uintptr_t)b;
	return true;
}

int main(int argc, char **argv)
{
	uint32_t rounds = argc > 1 ? (uint32_t)atoi(argv[1]) : 200000, accepted = 0, bad = 0, silent = 0;
	struct gb_fault fault;

	for (uint32_t i = 0; i < rounds; i++) {
		uint32_t len, cut;
		const uint8_t *from = sample((int)(i % 3), &len);
		uint8_t *work = malloc(len), *b;

		memcpy(work, from, len);
		cut = mutate(work, len);
		b = malloc(cut ? cut : 1);
		memcpy(b, work, cut);
		free(work);
		memset(&fault, 0, sizeof fault);
		if (!gb_decode(b, cut, rnd(2) ? GB_PLAN : GB_UNDO, &fault)) {
			accepted++;
			bad += !sane(b, cut);
		} else {
			silent += !fault.err || !fault.why[0] || fault.where > cut + 8;
		}
		free(b);
	}
	check(!bad, "%u mutated plans, %u accepted, of these %u should not have been", rounds, accepted, bad);
	check(!silent, "each refusal says errno, place and reason (%u do not)", silent);

	/* The largest plan that is allowed, and one beyond. */
	{
		uint8_t *big = calloc(1, GB_MAX_BLOB);
		struct gb_header h = {.magic = GB_MAGIC, .total = GB_MAX_BLOB, .n_reloc = 1, .pool_off = 56};
		uint32_t reloc = GB_MAX_BLOB - 8;
		uint64_t target = 56;

		memcpy(big, &h, sizeof h);
		memcpy(big + sizeof h, &reloc, sizeof reloc);
		memcpy(big + reloc, &target, sizeof target);
		check(!gb_decode(big, GB_MAX_BLOB, GB_PLAN, &fault), "a plan of the largest size is accepted");
		free(big);
	}
	return summary();
}
