/*
 * machine.h - the imaginary kernel under the fuzzed interpreter. Each of its answers is drawn from bytes of the input, its
 * script; when they are used up, every call succeeds and every wait ends.
 */
#ifndef GLASSBOX_MACHINE_H
#define GLASSBOX_MACHINE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A fault of the product: says what, and stops the fuzzer there. */
_Noreturn void broken(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A new machine. `over` is jumped to when a child execs or leaves, or the keeper exits. */
void machine_reset(const uint8_t *script, size_t len, jmp_buf *over);
/* The plan that runs: its calls write into its pool, and its child leaves records. NULL: none. */
struct gb_plan;
void machine_plan(const struct gb_plan *p);
/* May a clone become the child, and so end the run at its exec? */
void machine_children(bool played);

/* The next byte of the script, 0 at its end. */
uint8_t draw(void);

/* ---- descriptors ---- */
enum owner { INTERPRETER, PLAN, SENT };
int machine_open(enum owner owner);
/* Where plans may load any number as a descriptor of theirs, closing twice proves nothing. */
void machine_lenient(void);
/* Whether this number was given by this machine and nobody has closed it. */
bool machine_is_open(int64_t fd);
/* The first descriptor of this owner that is still open, or -1. */
int machine_first_open(enum owner owner);
/* Handed out to the client: closed for us. */
void machine_hand_out(int fd);

/* Sent to the client: it must be open. The sender closes its own. */
void machine_handed(int fd);
/* Whether somebody who waited to send was told that the other end is gone. */
bool machine_hung_up(void);
/* The number of a process that clone3 made, or might have made. */
int machine_pid(uint32_t n);

#endif
