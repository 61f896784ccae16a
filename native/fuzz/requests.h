/*
 * requests.h - the client of the keeper that is fuzzed: its messages are the input, and each must be answered once.
 */
#ifndef GLASSBOX_REQUESTS_H
#define GLASSBOX_REQUESTS_H

#include <stddef.h>
#include <stdint.h>

void client_reset(const uint8_t *messages, size_t len);
/* How many requests were delivered and not answered, though the client was there to the end. */
uint32_t client_unanswered(void);

#endif
