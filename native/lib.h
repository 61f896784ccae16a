/*
 * lib.h - libglassbox.so: the interpreter inside Node, and the way to the keeper. Everything returns -errno on failure.
 */
#ifndef GLASSBOX_LIB_H
#define GLASSBOX_LIB_H

#include <stdint.h>

/* Runs a plan in this process. fds: in, *nfds descriptors for the first slots (borrowed, not closed); out, *nfds
 * descriptors of GB_F_OUT (room for GB_MAX_FDS), the caller's from now on. Writes gb_result | gb_record[] | out region
 * and returns how many bytes that is. A plan that failed is no failure of gb_run: see gb_result. Refused plans give
 * -errno, and gb_why() and gb_where() tell why; so does -ENOBUFS when out_cap is too small: nothing has run then. */
int gb_run(const uint8_t *blob, uint32_t len, uint8_t *out, uint32_t out_cap, int32_t *fds, int32_t *nfds);
const char *gb_why(void);
uint32_t gb_where(void);

/* Starts the keeper at path. out: [socket, doorbell's read end, guard's pid, guard's pidfd]. */
int gb_keeper(const char *path, int32_t *out);
/* The exit status of a child by its pidfd, once it has ended (128 + signal); -EAGAIN before. Reaps it. */
int gb_reap(int32_t pidfd);
/* rmdir(2) of every path in paths, each ended by a NUL, len bytes in all: 0, or the errno of the first that would not go, when
 * those after it are not tried. One that is gone already is as wanted. */
int gb_rmdir(const char *paths, uint32_t len);

/* One message of two parts, of which the second may be empty. 0, or -EAGAIN when the keeper is busy and the socket full. */
int gb_send(int32_t fd, const uint8_t *head, uint32_t head_len, const uint8_t *payload, uint32_t len, const int32_t *fds,
	    int32_t n);
/* Bytes received; 0: the keeper is gone; -EAGAIN: nothing there. *n: room in, descriptors out (close-on-exec). */
int gb_recv(int32_t fd, uint8_t *buf, uint32_t cap, int32_t *fds, int32_t *n);

#endif
