/* client.c - the imaginary kernel, continued: the keeper's client, its messages and what it is answered. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "../protocol.h"
#include "../run.h"
#include "machine.h"
#include "requests.h"

#define MAX_WATCHED 2048
#define MAX_TAGS 1024

static struct {
	const uint8_t *at;
	size_t left;
	uint32_t tag;              /* of the newest request; they count from 1 */
	uint8_t answered[MAX_TAGS];
	uint32_t unanswered;
	bool gone;                 /* the keeper was told that nobody hears it any more */
	int n_watched, turn, unseen;
	struct {
		int fd;
		uint64_t what;
	} watched[MAX_WATCHED];
} c;

void client_reset(const uint8_t *messages, size_t len)
{
	memset(&c, 0, offsetof(typeof(c), watched));
	c.at = messages;
	c.left = len;
}

uint32_t client_unanswered(void)
{
	return c.gone || machine_hung_up() ? 0 : c.unanswered;
}

ssize_t gb_seam_recvmsg(int fd, struct msghdr *m);
ssize_t gb_seam_sendmsg(int fd, const struct msghdr *m);
int gb_seam_watch(int fd, const struct epoll_event *event);
int gb_seam_events(struct epoll_event *events);
ssize_t gb_seam_read(int fd, void *buf, size_t len);
ssize_t gb_seam_write(int fd, const void *buf, size_t len);
pid_t gb_seam_wait4(int *status, struct rusage *usage);

static void put_fds(struct msghdr *m, int n)
{
	struct cmsghdr *h = CMSG_FIRSTHDR(m);
	int fd;

	if (!n) {
		m->msg_controllen = 0;
		return;
	}
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN((size_t)n * sizeof fd);
	for (int i = 0; i < n; i++) {
		fd = machine_open(SENT);
		memcpy(CMSG_DATA(h) + (size_t)i * sizeof fd, &fd, sizeof fd);
	}
	m->msg_controllen = h->cmsg_len;
}

/* The next message of the input: type, how many descriptors, a, b, u32 length, payload. */
ssize_t gb_seam_recvmsg(int fd, struct msghdr *m)
{
	struct gb_msg head;
	uint8_t *to = m->msg_iov[0].iov_base;
	size_t cap = m->msg_iov[0].iov_len;
	uint32_t len;
	int n_fds;

	(void)fd;
	m->msg_flags = 0;
	if (draw() % 16 == 15) {
		errno = EAGAIN;
		return -1;
	}
	if (c.left < 8 || c.tag + 1 == MAX_TAGS) {
		m->msg_controllen = 0;
		return 0; /* its end */
	}
	head = (struct gb_msg){c.at[0], ++c.tag, c.at[2], c.at[3]};
	n_fds = c.at[1] % (GB_MAX_FDS + 1);
	memcpy(&len, c.at + 4, sizeof len);
	c.at += 8;
	c.left -= 8;
	len = len < c.left ? len : (uint32_t)c.left;
	if (cap < sizeof head + len) {
		m->msg_flags |= MSG_TRUNC;
		memcpy(to, &head, sizeof head);
		memcpy(to + sizeof head, c.at, cap - sizeof head);
	} else {
		memcpy(to, &head, sizeof head);
		memcpy(to + sizeof head, c.at, len);
	}
	if (draw() % 64 == 63)
		m->msg_flags |= MSG_CTRUNC;
	c.at += len;
	c.left -= len;
	c.unanswered++;
	put_fds(m, n_fds);
	return (ssize_t)(sizeof head + len < cap ? sizeof head + len : cap);
}

static void answered(const struct gb_msg *h)
{
	if (!h->tag || h->tag > c.tag)
		broken("an answer of type %u to tag %u, which nobody used", h->type, h->tag);
	if (c.answered[h->tag]++)
		broken("two answers to request %u", h->tag);
	c.unanswered--;
}

static void check_answer(const struct gb_msg *h, size_t len)
{
	switch (h->type) {
	case GB_OK:
		answered(h);
		break;
	case GB_REFUSED:
		if (!h->a || !len)
			broken("request %u is refused without errno or reason", h->tag);
		answered(h);
		break;
	case GB_DONE:
		if (len < sizeof(struct gb_result) || (len - sizeof(struct gb_result)) / sizeof(struct gb_record) > GB_MAX_OPS + GB_MAX_MESSAGE)
			broken("a GB_DONE of %zu bytes", len);
		answered(h);
		break;
	case GB_EXEC:
		if (len < sizeof(struct gb_result) + sizeof(struct gb_record))
			broken("a GB_EXEC of %zu bytes", len);
		if (!h->tag || h->tag > c.tag)
			broken("a GB_EXEC of tag %u, which nobody used", h->tag);
		break;
	case GB_EXITED:
		if (len != 3 * sizeof(uint64_t) || h->b > 2 || !h->tag || h->tag > c.tag)
			broken("a GB_EXITED of %zu bytes, tag %u, b %u", len, h->tag, h->b);
		break;
	case GB_ORPHANS:
		if (!h->a || h->tag)
			broken("%u orphans, tag %u", h->a, h->tag);
		break;
	default:
		broken("an answer of type %u", h->type);
	}
}

ssize_t gb_seam_sendmsg(int fd, const struct msghdr *m)
{
	static uint8_t copy[GB_MAX_MESSAGE];
	struct cmsghdr *h = m->msg_controllen ? CMSG_FIRSTHDR((struct msghdr *)m) : NULL;
	size_t len = 0;
	uint8_t what = draw() % 32;

	(void)fd;
	for (size_t i = 0; i < m->msg_iovlen; i++) {
		if (len + m->msg_iov[i].iov_len > sizeof copy)
			broken("a message beyond the limit");
		if (m->msg_iov[i].iov_len)
			memcpy(copy + len, m->msg_iov[i].iov_base, m->msg_iov[i].iov_len); /* the sanitizer looks on */
		len += m->msg_iov[i].iov_len;
	}
	if (what == 31 || what == 30) {
		errno = what == 31 ? EAGAIN : EINTR;
		return -1;
	}
	if (what == 29) {
		c.gone = true;
		errno = EPIPE;
		return -1;
	}
	check_answer((const struct gb_msg *)(const void *)m->msg_iov[0].iov_base, len - sizeof(struct gb_msg));
	for (size_t i = 0; h && i < (h->cmsg_len - CMSG_LEN(0)) / sizeof(int); i++) {
		int given;

		memcpy(&given, CMSG_DATA(h) + i * sizeof given, sizeof given);
		machine_handed(given);
	}
	return (ssize_t)len;
}

int gb_seam_watch(int fd, const struct epoll_event *event)
{
	if (c.n_watched < MAX_WATCHED) {
		c.watched[c.n_watched].fd = fd;
		c.watched[c.n_watched++].what = event->data.u64;
	}
	return 0;
}

int gb_seam_events(struct epoll_event *events)
{
	int i;

	if (!c.n_watched)
		broken("nothing is watched");
	/* The socket, most of the time: what else is watched has something to say when the script wants it. */
	i = draw() % 4 == 3 ? draw() % c.n_watched : 0;
	events[0].events = draw() % 64 == 63 ? EPOLLRDHUP : EPOLLIN;
	events[0].data.u64 = c.watched[i].what;
	c.gone = c.gone || i == 2 || (i == 0 && events[0].events == EPOLLRDHUP); /* 2: SIGTERM */
	return c.watched[i].fd == 3 || machine_is_open(c.watched[i].fd) ? 1 : 0;
}

/* Signals */
ssize_t gb_seam_read(int fd, void *buf, size_t len)
{
	(void)fd;
	if (draw() % 4 == 3) {
		errno = EAGAIN;
		return -1;
	}
	c.unseen = draw() % 4;
	memset(buf, 0, len);
	return (ssize_t)len;
}

/* The doorbell */
ssize_t gb_seam_write(int fd, const void *buf, size_t len)
{
	(void)fd;
	(void)buf;
	errno = EAGAIN;
	return draw() % 16 == 15 ? -1 : (ssize_t)len;
}

pid_t gb_seam_wait4(int *status, struct rusage *usage)
{
	memset(usage, 0, sizeof *usage);
	*status = draw() % 2 ? draw() << 8 : 1 + draw() % 64;
	if (!c.unseen) {
		errno = ECHILD;
		return -1;
	}
	c.unseen--;
	return draw() % 4 == 3 ? 77 : machine_pid(draw());
}
