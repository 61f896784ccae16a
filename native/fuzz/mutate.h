/*
 * mutate.h - mutations that know what a plan is made of; libFuzzer's own would rarely get past the header.
 */
#ifndef GLASSBOX_MUTATE_H
#define GLASSBOX_MUTATE_H

#include <stddef.h>
#include <stdint.h>

/* Mutates a plan of len bytes in place; returns its new length, never more. */
size_t gb_mutate_plan(uint8_t *b, size_t len, uint32_t seed);

#endif
