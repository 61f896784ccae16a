/* harness.c - for the C tests: results as TAP lines, and a small builder of plans. */
#include <dirent.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

static int n_ok, n_failed;

void check(bool ok, const char *fmt, ...)
{
	va_list ap;

	if (ok)
		n_ok++;
	else
		n_failed++;
	va_start(ap, fmt);
	printf(ok ? "ok %d - " : "not ok %d - ", n_ok + n_failed);
	vprintf(fmt, ap);
	putchar('\n');
	fflush(stdout);
	va_end(ap);
}

int summary(void)
{
	printf("1..%d\n# %d passed, %d failed\n", n_ok + n_failed, n_ok, n_failed);
	return n_failed ? 1 : 0;
}

int count_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = -3; /* . and .. and the one that reads */

	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

struct draft *new_draft(void)
{
	static struct draft d;

	memset(&d, 0, sizeof d);
	return &d;
}

uint32_t add_op(struct draft *d, enum section s, uint32_t nr, uint32_t flags, const struct arg arg[6])
{
	uint32_t n = d->n[s]++;
	struct gb_op *op = &d->op[s][n];

	op->nr = nr;
	op->flags = flags;
	for (unsigned i = 0; i < 6; i++) {
		op->arg[i] = arg[i].v;
		if (arg[i].kind == SLOT)
			op->flags |= 1u << (8 + i);
		else if (arg[i].kind == POINTER)
			d->pointers[s][n] |= (uint8_t)(1u << i);
	}
	return n;
}

uint32_t add_bytes(struct draft *d, const void *from, uint32_t len)
{
	uint32_t at = (d->pool + 7) & ~7u;

	if (from)
		memcpy(d->bytes + at, from, len);
	d->pool = at + len;
	return at;
}

uint32_t add_text(struct draft *d, const char *text)
{
	return add_bytes(d, text, (uint32_t)strlen(text) + 1);
}

void add_cell(struct draft *d, uint32_t at, uint32_t points_to)
{
	uint64_t v = points_to;

	memcpy(d->bytes + at, &v, sizeof v);
	d->cell[d->n_cells++] = at;
}

uint32_t add_argv(struct draft *d, const char *const *argv)
{
	uint32_t n = 0, at;

	while (argv[n])
		n++;
	at = add_bytes(d, NULL, (n + 1) * 8);
	for (uint32_t i = 0; i < n; i++)
		add_cell(d, at + i * 8, add_text(d, argv[i]));
	return at;
}

uint32_t add_clone(struct draft *d, uint64_t flags, uint32_t slot)
{
	struct clone_args args = {.flags = flags | CLONE_PIDFD, .exit_signal = SIGCHLD};
	uint32_t at = add_bytes(d, &args, 88);

	add_bytes(d, NULL, 8);
	add_cell(d, at + 8, at + PIDFD_AT);
	OP(d, MAIN, GB_CLONE, slot < GB_SLOTS ? RESULT(slot) : 0, P(at), I(88));
	return at;
}

uint8_t *finish(const struct draft *d, uint32_t *len)
{
	static uint64_t blob[GB_MAX_BLOB / 8];
	static uint32_t reloc[1024];
	struct gb_header *h = (struct gb_header *)blob;
	struct gb_op *op = (struct gb_op *)(h + 1);
	uint32_t n_reloc = 0, ops_end;
	uint64_t v;
	uint8_t *b = (uint8_t *)blob;

	memset(blob, 0, sizeof blob);
	ops_end = (uint32_t)(sizeof *h + (d->n[MAIN] + d->n[CHILD] + d->n[FINAL]) * sizeof *op);
	for (int s = 0; s < 3; s++) {
		for (uint32_t i = 0; i < d->n[s]; i++, op++) {
			*op = d->op[s][i];
			for (unsigned a = 0; a < 6; a++)
				if (d->pointers[s][i] >> a & 1)
					reloc[n_reloc++] = (uint32_t)((uint8_t *)&op->arg[a] - b);
		}
	}
	h->magic = GB_MAGIC;
	h->n_main = d->n[MAIN];
	h->n_child = d->n[CHILD];
	h->n_final = d->n[FINAL];
	h->n_reloc = n_reloc + d->n_cells;
	h->n_fds = d->n_fds;
	h->pool_off = (ops_end + h->n_reloc * 4 + 7) & ~7u;
	h->out_off = d->out_len ? h->pool_off + d->out_off : 0;
	h->out_len = d->out_len;
	h->total = h->pool_off + ((d->pool + 8) & ~7u); /* at least one NUL at the end */
	memcpy(b + h->pool_off, d->bytes, d->pool);
	for (uint32_t i = 0; i < d->n_cells; i++)
		reloc[n_reloc++] = h->pool_off + d->cell[i];
	for (uint32_t i = 0; i < n_reloc; i++) {
		memcpy(&v, b + reloc[i], sizeof v);
		v += h->pool_off;
		memcpy(b + reloc[i], &v, sizeof v);
	}
	memcpy(b + ops_end, reloc, n_reloc * 4);
	*len = h->total;
	return b;
}
