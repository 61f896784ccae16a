/*
 * wire.h - one message over a SOCK_SEQPACKET socket, with descriptors.
 */
#ifndef GLASSBOX_WIRE_H
#define GLASSBOX_WIRE_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/* 0 or -errno. Never raises SIGPIPE. */
int gb_wire_send(int sock, const struct iovec *iov, int n_iov, const int32_t *fds, int n_fds, int flags);

/* Bytes, 0 at the end, or -errno; -EMSGSIZE: message or descriptors did not fit, and were thrown away.
 * *n_fds: room in, received out. What is received is close-on-exec. */
ssize_t gb_wire_recv(int sock, void *buf, size_t cap, int32_t *fds, int *n_fds, int flags);

#endif
