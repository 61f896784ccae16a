/*
 * wire.c - one message over a SOCK_SEQPACKET socket, with descriptors.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "protocol.h"
#include "wire.h"

union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(GB_MAX_FDS * sizeof(int32_t))];
};

int gb_wire_send(int sock, const struct iovec *iov, int n_iov, const int32_t *fds, int n_fds, int flags)
{
	union control c;
	struct msghdr m = {.msg_iov = (struct iovec *)iov, .msg_iovlen = (size_t)n_iov};
	size_t bytes = (size_t)n_fds * sizeof *fds;
	ssize_t n;

	if (n_fds < 0 || n_fds > GB_MAX_FDS)
		return -EINVAL;
	if (n_fds) {
		memset(&c, 0, CMSG_SPACE(bytes)); /* padding would leak the stack */
		m.msg_control = &c;
		m.msg_controllen = CMSG_SPACE(bytes);
		c.head.cmsg_level = SOL_SOCKET;
		c.head.cmsg_type = SCM_RIGHTS;
		c.head.cmsg_len = CMSG_LEN(bytes);
		memcpy(CMSG_DATA(&c.head), fds, bytes);
	}
	do
		n = sendmsg(sock, &m, MSG_NOSIGNAL | flags);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

static int take_fds(struct msghdr *m, int32_t *fds, int room)
{
	int n = 0;

	for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h; h = CMSG_NXTHDR(m, h)) {
		int count = (int)((h->cmsg_len - CMSG_LEN(0)) / sizeof(int32_t));

		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
			continue;
		for (int i = 0; i < count; i++) {
			int32_t fd;

			memcpy(&fd, CMSG_DATA(h) + (size_t)i * sizeof fd, sizeof fd);
			if (n < room)
				fds[n++] = fd;
			else
				close(fd);
		}
	}
	return n;
}

ssize_t gb_wire_recv(int sock, void *buf, size_t cap, int32_t *fds, int *n_fds, int flags)
{
	union control c;
	struct iovec iov = {buf, cap};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &c, .msg_controllen = sizeof c};
	int room = *n_fds;
	ssize_t n;

	*n_fds = 0;
	/* A peer that closed with our messages unread leaves an ECONNRESET in front of what it sent us before. */
	do
		n = recvmsg(sock, &m, MSG_CMSG_CLOEXEC | flags);
	while (n < 0 && (errno == EINTR || errno == ECONNRESET));
	if (n < 0)
		return -errno;
	*n_fds = take_fds(&m, fds, room);
	if (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
		while (*n_fds)
			close(fds[--*n_fds]);
		return -EMSGSIZE;
	}
	return n;
}
