/*
 * rmdirs.c - removes a tree of folders: of cgroups, which go by rmdir(2) alone and whose names only the kernel knows.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "run.h"

#define DEEPEST 64

/* What getdents64 writes; glibc has no name for it. */
struct entry {
	uint64_t ino, off;
	uint16_t len;
	uint8_t type;
	char name[];
};

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* A cgroup may be busy for a moment after its last process was reaped. */
static int remove_one(int at, const char *name, uint64_t until)
{
	struct timespec pause = {0, 1000 * 1000};

	while (unlinkat(at, name, AT_REMOVEDIR)) {
		if (errno == ENOENT)
			return 0;
		if (errno != EBUSY || now_ms() >= until)
			return -errno;
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 50 * 1000 * 1000)
			pause.tv_nsec *= 2;
	}
	return 0;
}

/* The first folder in this one; 0: there is none. */
static int first_folder(int fd, char *name, size_t cap)
{
	uint64_t buf[2048 / sizeof(uint64_t)]; /* aligned for struct entry */
	long n;

	if (lseek(fd, 0, SEEK_SET) < 0)
		return -errno;
	while ((n = syscall(SYS_getdents64, fd, buf, sizeof buf)) > 0) {
		for (char *at = (char *)buf; at < (char *)buf + n; at += ((struct entry *)(void *)at)->len) {
			const struct entry *e = (const struct entry *)(void *)at;
			size_t len = strlen(e->name);

			if (e->type != DT_DIR || !strcmp(e->name, ".") || !strcmp(e->name, "..") || len >= cap)
				continue;
			memcpy(name, e->name, len + 1);
			return 1;
		}
	}
	return n < 0 ? -errno : 0;
}

static int remove_below(int at, const char *name, uint64_t until, int depth)
{
	char child[256];
	int fd, err;

	if (depth > DEEPEST)
		return -ELOOP;
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT && depth ? 0 : -errno;
	while ((err = first_folder(fd, child, sizeof child)) == 1) {
		err = remove_below(fd, child, until, depth + 1);
		if (err)
			break;
	}
	close(fd);
	return err ? err : remove_one(at, name, until);
}

int gb_rmdirs(const char *path, uint32_t patience_ms)
{
	return remove_below(AT_FDCWD, path, now_ms() + patience_ms, 0);
}
