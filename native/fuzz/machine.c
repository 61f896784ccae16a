/* machine.c - the imaginary kernel: descriptors, calls of plans, and the calls of the interpreter itself. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "../run.h"
#include "machine.h"

#define FIRST_FD 1000
#define MAX_FDS 16384
#define CHILD_PID 4242

static struct {
	const uint8_t *script;
	size_t left;
	jmp_buf *over;
	uint8_t *map;
	uint32_t pool, total, n_child;
	struct gb_record *child; /* its records */
	bool played, in_child, lenient, hung_up;
	uint32_t clones;
	uint64_t clock;
	int n_fds;
	struct {
		uint8_t open, owner, by_plan;
	} fd[MAX_FDS];
} m;

void broken(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("\nbroken: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}

void machine_reset(const uint8_t *script, size_t len, jmp_buf *over)
{
	memset(m.fd, 0, (size_t)m.n_fds * sizeof m.fd[0]);
	m.script = script;
	m.left = len;
	m.over = over;
	m.map = NULL;
	m.n_fds = 0;
	m.in_child = m.lenient = m.played = m.hung_up = false;
	m.clock = 1000000000;
	m.clones = 0;
}

void machine_plan(const struct gb_plan *p)
{
	m.map = p ? p->map : NULL;
	m.pool = p ? p->h.pool_off : 0;
	m.total = p ? p->h.total : 0;
	m.n_child = p ? p->h.n_child : 0;
	m.child = p ? p->rec + p->h.n_main : NULL;
}

void machine_children(bool played)
{
	m.played = played;
}

uint8_t draw(void)
{
	if (!m.left)
		return 0;
	m.left--;
	return *m.script++;
}

static int fail(void)
{
	static const int usual[] = {EPERM, ENOENT, EINTR, EBADF, EAGAIN, ENOMEM, EBUSY, EEXIST, EINVAL, EMFILE, ENOSPC, ENOSYS, ECHILD};

	errno = usual[draw() % (sizeof usual / sizeof usual[0])];
	return -1;
}

/* One call in eight fails, as long as there is a script. */
static bool fails(void)
{
	return draw() % 8 == 7;
}

/* ---- descriptors ---- */

int machine_open(enum owner owner)
{
	if (m.n_fds == MAX_FDS) {
		errno = EMFILE;
		return -1;
	}
	m.fd[m.n_fds].open = 1;
	m.fd[m.n_fds].owner = owner;
	return FIRST_FD + m.n_fds++;
}

void machine_lenient(void)
{
	m.lenient = true;
}

static bool known(int64_t fd)
{
	return fd >= FIRST_FD && fd < FIRST_FD + m.n_fds;
}

bool machine_is_open(int64_t fd)
{
	return known(fd) && m.fd[fd - FIRST_FD].open;
}

int machine_first_open(enum owner owner)
{
	for (int i = 0; i < m.n_fds; i++)
		if (m.fd[i].open && m.fd[i].owner == owner)
			return FIRST_FD + i;
	return -1;
}

void machine_hand_out(int fd)
{
	if (!m.lenient && known(fd) && !machine_is_open(fd))
		broken("descriptor %d is handed out, and closed already", fd);
	if (known(fd))
		m.fd[fd - FIRST_FD].open = 0;
}

void machine_handed(int fd)
{
	if (!m.lenient && known(fd) && !machine_is_open(fd))
		broken("descriptor %d is sent, and closed already", fd);
}

bool machine_hung_up(void)
{
	return m.hung_up;
}

int machine_pid(uint32_t n)
{
	return CHILD_PID + (int)(m.clones ? n % m.clones : 0);
}

int gb_seam_close(int fd)
{
	if (!known(fd))
		return 0; /* a number that the plan made up */
	if (!m.fd[fd - FIRST_FD].open && !m.lenient && !(m.fd[fd - FIRST_FD].by_plan && m.fd[fd - FIRST_FD].owner != PLAN))
		broken("descriptor %d is closed twice", fd);
	m.fd[fd - FIRST_FD].open = 0;
	return 0;
}

static long close_of_plan(int fd)
{
	if (!machine_is_open(fd)) {
		errno = EBADF;
		return -1;
	}
	m.fd[fd - FIRST_FD].open = 0;
	m.fd[fd - FIRST_FD].by_plan = 1;
	return 0;
}

int gb_seam_socket(void)
{
	return machine_open(INTERPRETER);
}

int gb_seam_socketpair(int ends[2])
{
	if (fails())
		return fail();
	/* Where standard descriptors are closed, the kernel gives their numbers. */
	ends[0] = draw() % 16 == 15 ? 1 : machine_open(INTERPRETER);
	ends[1] = draw() % 16 == 15 ? 2 : machine_open(INTERPRETER);
	return 0;
}

int gb_seam_dup(int fd, int cmd, int lowest)
{
	if (cmd != F_DUPFD_CLOEXEC || fd > lowest)
		broken("an unexpected fcntl(%d, %d)", fd, cmd);
	return fails() ? fail() : machine_open(INTERPRETER);
}

/* ---- calls of the plan ---- */

static void check_forbidden(long nr)
{
	switch (nr) {
#ifdef SYS_fork
	case SYS_fork:
	case SYS_vfork:
#endif
	case SYS_clone:
	case SYS_clone3:
	case SYS_exit:
	case SYS_exit_group:
	case SYS_rt_sigreturn:
		broken("system call %ld is let through", nr);
	case SYS_execve:
	case SYS_execveat:
		if (!m.in_child)
			broken("main of a plan execs");
	}
	if (nr < 0 || nr >= (long)GB_MAX_SYSCALL)
		broken("operation %#lx is taken for a system call", nr);
}

/* What a call gives back through pointers. */
static void fill(uint64_t address)
{
	uint64_t first = (uint64_t)(uintptr_t)m.map + m.pool, end = (uint64_t)(uintptr_t)m.map + m.total;
	uint32_t n = draw() % 32;
	int fd;

	if (!m.map || address < first || address >= end)
		return;
	if (n == 31 && end - address >= 8) { /* pipe2, socketpair */
		for (int i = 0; i < 2; i++) {
			fd = machine_open(PLAN);
			memcpy((uint8_t *)(uintptr_t)address + 4 * i, &fd, sizeof fd);
		}
		return;
	}
	for (uint32_t i = 0; i < n && address + i < end; i++)
		((uint8_t *)(uintptr_t)address)[i] = draw();
}

static long of_plan(long nr, const uint64_t a[6])
{
	check_forbidden(nr);
	if (nr == SYS_close)
		return close_of_plan((int)a[0]);
	if (nr == SYS_execve || nr == SYS_execveat) {
		if (fails())
			return fail();
		longjmp(*m.over, 1);
	}
	if (fails())
		return fail();
	for (int i = 0; i < 6; i++)
		fill(a[i]);
	switch (draw() % 4) {
	case 0:
		return machine_open(PLAN);
	case 1:
		return 0;
	case 2:
		return draw();
	default:
		return (long)((uint64_t)draw() << 56 | (uint64_t)draw() << 24 | draw());
	}
}

/* ---- calls of the interpreter ---- */

static long clone3_of(struct clone_args *args, uint64_t size)
{
	int fd;

	if (size != 64 && size != 80 && size != 88)
		broken("clone3 with %llu bytes of arguments", (unsigned long long)size);
	if (gb_clone_wrong(args) || !(args->flags & CLONE_CLEAR_SIGHAND))
		broken("clone3 with flags %#llx: %s", (unsigned long long)args->flags, gb_clone_wrong(args));
	if (fails())
		return fail();
	if (m.played && draw() % 2) {
		m.in_child = true;
		return 0;
	}
	fd = machine_open(INTERPRETER);
	memcpy((void *)(uintptr_t)args->pidfd, &fd, sizeof fd); /* the sanitizer looks on */
	return CHILD_PID + (int)m.clones++;
}

struct entry {
	uint64_t ino, off;
	uint16_t len;
	uint8_t type;
	char name[];
};

static long entries(uint8_t *buf, size_t cap)
{
	uint32_t n = draw() % 4, at = 0;

	if (draw() % 16 == 15)
		return fail();
	for (; n; n--) {
		struct entry *e = (struct entry *)(void *)(buf + at);
		uint32_t name = draw(), len = (uint32_t)(sizeof(struct entry) + name + 1 + 7) & ~7u;

		if (at + len > cap)
			break;
		memset(e, 0, len);
		e->len = (uint16_t)len;
		e->type = draw() % 4 ? DT_DIR : DT_REG;
		memset(e->name, draw() % 4 ? 'n' : '.', name);
		at += len;
	}
	return at;
}

/* The child speaks over its socket. */
static long said(const void *buf, size_t len)
{
	uint8_t heard[64];

	memcpy(heard, buf, len < sizeof heard ? len : sizeof heard); /* the sanitizer looks on */
	return fails() ? fail() : (long)len;
}

static long of_interpreter(long nr, const uint64_t a[6])
{
	switch (nr) {
	case SYS_clone3:
		return clone3_of((struct clone_args *)(uintptr_t)a[0], a[1]);
	case SYS_exit_group:
		if (!m.in_child)
			broken("the interpreter leaves by exit_group");
		longjmp(*m.over, 2);
	case SYS_close:
		return gb_seam_close((int)a[0]);
	case SYS_sendto:
		return said((const void *)(uintptr_t)a[1], a[2]);
	case SYS_recvfrom:
		return fails() ? fail() : (long)a[2];
	case SYS_getdents64:
		return entries((uint8_t *)(uintptr_t)a[1], a[2]);
	case SYS_rt_sigprocmask:
	case SYS_rt_sigaction:
	case SYS_close_range:
		return 0;
	case SYS_pidfd_send_signal:
		return fails() ? fail() : 0;
	}
	broken("the interpreter calls %ld, which the imaginary kernel does not know", nr);
}

long gb_seam_syscall(int from_plan, long nr, ...)
{
	uint64_t a[6];
	va_list ap;

	va_start(ap, nr);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, uint64_t);
	va_end(ap);
	return from_plan ? of_plan(nr, a) : of_interpreter(nr, a);
}

int gb_seam_poll(struct pollfd *set, nfds_t n, int timeout)
{
	uint8_t what = draw() % 16;

	for (nfds_t i = 0; i < n; i++)
		set[i].revents = 0;
	if (what == 15) {
		errno = EINTR;
		return -1;
	}
	if (what == 14 && n > 1) {
		set[1].revents = POLLHUP;
		m.hung_up = m.hung_up || set[0].events & POLLOUT;
		return 1;
	}
	if (what == 13 && timeout >= 0)
		return 0;
	set[0].revents = set[0].events & (POLLIN | POLLOUT);
	return 1;
}

/* The child goes on in the meantime. */
static void child_runs(void)
{
	uint32_t n = m.n_child ? draw() % (m.n_child + 1) : 0;

	for (uint32_t i = 0; i < n; i++)
		m.child[i] = (struct gb_record){m.clock, i + 1 < n || draw() % 2 ? m.clock : 0, draw() % 4 ? 0 : -EPERM};
}

ssize_t gb_seam_recv(int fd, void *buf, size_t len)
{
	struct gb_word w = {0};
	uint8_t what = draw() % 8;

	if (!m.lenient && !machine_is_open(fd) && !(known(fd) && m.fd[fd - FIRST_FD].by_plan))
		broken("recv from %d, which is closed", fd);
	child_runs();
	switch (what) {
	case 1:
	case 2:
		w.kind = GB_WORD_SYNC;
		w.op = draw();
		w.value = (int64_t)((uint64_t)draw() << 56 | draw());
		break;
	case 3:
		w.kind = GB_WORD_FAILED;
		w.op = m.n_child ? draw() % m.n_child : 0;
		w.value = draw();
		break;
	case 4:
		errno = EAGAIN;
		return -1;
	case 5:
		errno = EINTR;
		return -1;
	case 6:
		return 3; /* half a word */
	default:
		return 0; /* its end */
	}
	memcpy(buf, &w, len < sizeof w ? len : sizeof w);
	return (ssize_t)(len < sizeof w ? len : sizeof w);
}

ssize_t gb_seam_send(int fd, const void *buf, size_t len)
{
	(void)fd;
	return said(buf, len);
}

int gb_seam_kill(pid_t pid, int signal)
{
	if (pid < CHILD_PID || pid >= CHILD_PID + (int)m.clones || signal != SIGKILL)
		broken("the interpreter would send signal %d to %d", signal, pid);
	return 0;
}

/* Its own, which a mutated plan cannot change. */
int gb_seam_affinity(pid_t pid, cpu_set_t *set)
{
	if (pid)
		broken("the interpreter asks where %d may run", pid);
	CPU_ZERO(set);
	CPU_SET(0, set);
	CPU_SET(1, set);
	return 0;
}

int gb_seam_set_affinity(pid_t pid, const cpu_set_t *set)
{
	if (pid < CHILD_PID || pid >= CHILD_PID + (int)m.clones || !CPU_COUNT(set))
		broken("the interpreter would let %d run on %d processors", pid, CPU_COUNT(set));
	return 0;
}

int gb_seam_waitid(siginfo_t *si, int options)
{
	uint8_t what = draw() % 8;

	memset(si, 0, sizeof *si);
	if (what == 7) {
		errno = draw() % 2 ? ECHILD : EINTR;
		return -1;
	}
	if (what == 6 && options & WNOHANG)
		return 0;
	si->si_pid = CHILD_PID;
	si->si_code = what % 2 ? CLD_KILLED : CLD_EXITED;
	si->si_status = si->si_code == CLD_KILLED ? 1 + draw() % 64 : draw();
	return 0;
}

/* ---- GB_RMDIRS ---- */

static void inside(const char *path)
{
	/* The path lies in the pool and ends there, or is a name on the stack. */
	const uint8_t *p = (const uint8_t *)path;

	if (m.map && p >= m.map && p < m.map + m.total && !memchr(p, 0, (size_t)(m.map + m.total - p)))
		broken("the path of a GB_RMDIRS runs past the pool");
}

int gb_seam_openat(int at, const char *path)
{
	(void)at;
	inside(path);
	return fails() ? fail() : machine_open(INTERPRETER);
}

off_t gb_seam_lseek(int fd)
{
	(void)fd;
	return fails() ? fail() : 0;
}

int gb_seam_unlinkat(int at, const char *name)
{
	(void)at;
	inside(name);
	return fails() ? fail() : 0;
}

int gb_seam_nanosleep(const struct timespec *pause)
{
	m.clock += (uint64_t)pause->tv_nsec;
	return 0;
}

int gb_seam_clock(struct timespec *t)
{
	m.clock += 100;
	t->tv_sec = (time_t)(m.clock / 1000000000);
	t->tv_nsec = (long)(m.clock % 1000000000);
	return 0;
}
