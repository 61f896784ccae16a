/*
 * raw.c - the yardstick: what the kernel itself needs to create a container, run a program and remove all again.
 *
 * A loop around clone() with nothing between it and the kernel: CLONE_VM, so that not even page tables are copied. Reads
 * lines from stdin and answers each with nanoseconds on stdout, so that the benchmark can interleave it with the engine and
 * with other runtimes:
 *
 *   R lower upper work merged group ...   one container: new user, uts, ipc, pid, mount, net and cgroup namespaces with maps,
 *                                         groups made, limited and joined, overlay root, proc, pivot_root, host name, /bin/true
 *   O lower upper work merged group ... -- file arg ...
 *                                         another runtime that brings no overlay and no groups of its own: it gets the
 *                                         overlay, mounted here, and starts in the groups
 *   X file arg ...                        another program, waited for
 *
 * Groups are folders to be made: <tree>/<name>. Those of v1 are joined by the child, one of v2 too. The folders of the upper
 * layer are made and removed outside the time, here as for the engine.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAPPED 100000

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static char options[4096], *merged, **groups;
static int joins[8], ready[2];
static char stack[256 * 1024] __attribute__((aligned(64)));

static void die(const char *what)
{
	int e = errno;

	dprintf(2, "raw: %s: %s\n", what, strerror(e));
	_exit(126);
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), bad = fd < 0 || write(fd, text, strlen(text)) < 0;

	if (fd >= 0)
		close(fd);
	return bad ? -1 : 0;
}

/* Limits that the group's tree knows; the others fail and are meant to. */
static const char *const limits[][2] = {
    {"cpu.cfs_period_us", "100000"}, {"cpu.cfs_quota_us", "50000"}, {"memory.limit_in_bytes", "268435456"}, {"pids.max", "128"},
    {"cpu.max", "50000 100000"}, {"memory.max", "268435456"},
};

static int make_groups(void)
{
	char path[4096];

	for (int i = 0; groups[i]; i++) {
		if (mkdir(groups[i], 0755))
			return -1;
		for (size_t k = 0; k < sizeof limits / sizeof *limits; k++) {
			/* "/cpu/" takes "cpu.cfs_quota_us" only: no attempt that has to fail costs time. */
			const char *tree = groups[i] + strlen("/sys/fs/cgroup/");
			size_t n = strcspn(limits[k][0], ".");

			if (strncmp(limits[k][0], tree, n) == 0 && tree[n] == '/' && k < 4) {
				snprintf(path, sizeof path, "%s/%s", groups[i], limits[k][0]);
				put(path, limits[k][1]);
			} else if (strncmp(tree, "glassbox", 8) == 0 && k >= 3) {
				snprintf(path, sizeof path, "%s/%s", groups[i], limits[k][0]);
				put(path, limits[k][1]);
			}
		}
		snprintf(path, sizeof path, "%s/cgroup.procs", groups[i]);
		joins[i] = open(path, O_WRONLY | O_CLOEXEC);
		if (joins[i] < 0)
			return -1;
	}
	return 0;
}

static int remove_groups(void)
{
	for (int i = 0; groups[i]; i++) {
		close(joins[i]);
		/* Some runtimes end before their container has ended: what that takes is theirs. */
		while (rmdir(groups[i])) {
			if (errno != EBUSY)
				return -1;
			sched_yield();
		}
	}
	return 0;
}

static void join(void)
{
	for (int i = 0; groups[i]; i++)
		if (write(joins[i], "0", 1) < 0)
			die("cgroup.procs");
}

static int child(void *unused)
{
	char *const argv[] = {"/bin/true", NULL}, *const envp[] = {"PATH=/bin", NULL};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char c;

	(void)unused;
	join();
	if (read(ready[0], &c, 1) != 1)
		die("ready");
	if (syscall(SYS_setresgid, 0, 0, 0) || syscall(SYS_setresuid, 0, 0, 0))
		die("setresuid");
	if (unshare(CLONE_NEWCGROUP))
		die("unshare");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("private");
	if (mount("overlay", merged, "overlay", 0, options))
		die("overlay");
	if (chdir(merged))
		die("chdir");
	if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		die("proc");
	if (syscall(SYS_pivot_root, ".", "."))
		die("pivot_root");
	if (umount2(".", MNT_DETACH))
		die("umount2");
	if (chdir("/"))
		die("chdir /");
	if (sethostname("box", 3))
		die("sethostname");
	for (int i = 0; i < 3; i++)
		dup2(null, i);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	execve(argv[0], argv, envp);
	die("execve");
	return 0;
}

static int map(int pid, const char *file)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
	return put(path, "0 100000 65536\n");
}

static int container(void)
{
	int flags = CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_VM | SIGCHLD;
	int status = -1, pid = clone(child, stack + sizeof stack, flags, NULL);

	if (pid < 0) {
		perror("raw: clone");
		return -1;
	}
	if (map(pid, "uid_map") || map(pid, "gid_map"))
		perror("raw: map");
	if (write(ready[1], "x", 1) != 1)
		perror("raw: ready");
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* vfork: the groups are joined before the program runs, without a shell. */
static int start(char **arg)
{
	/* A file of its own: some runtimes give what they find here to the container's user, be it the machine's /dev/null. */
	int status = -1, file = memfd_create("stdio", MFD_CLOEXEC), pid = vfork();

	if (pid == 0) {
		if (groups)
			join();
		dup2(file, 0);
		dup2(file, 1);
		if (!getenv("RAW_STDERR"))
			dup2(file, 2);
		execvp(arg[0], arg);
		_exit(127);
	}
	close(file);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static long run_container(char **arg, char **other)
{
	char inner[4096];
	long began, took;
	int bad;

	mkdir(arg[1], 0755);
	mkdir(arg[2], 0755);
	if (chown(arg[1], MAPPED, MAPPED) || chown(arg[2], MAPPED, MAPPED))
		perror("raw: chown");
	snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s%s", arg[0], arg[1], arg[2], other ? "" : ",userxattr");
	merged = arg[3];
	groups = arg + 4;
	began = now();
	bad = make_groups();
	if (other) {
		bad = bad || mount("overlay", merged, "overlay", 0, options) || start(other);
		bad = umount2(merged, MNT_DETACH) || bad;
	} else {
		bad = bad || container();
	}
	bad = remove_groups() || bad;
	took = now() - began;
	snprintf(inner, sizeof inner, "%s/work", arg[2]);
	rmdir(inner);
	rmdir(arg[2]);
	rmdir(arg[1]);
	groups = NULL;
	return bad ? -1 : took;
}

static long run_other(char **arg)
{
	long began = now();

	return start(arg) == 0 ? now() - began : -1;
}

int main(void)
{
	static char line[65536];

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (pipe2(ready, O_CLOEXEC))
		return 1;
	while (fgets(line, sizeof line, stdin)) {
		char *word[128], **other = NULL;
		int n = 0;

		for (char *p = strtok(line, " \n"); p && n < 127; p = strtok(NULL, " \n"))
			word[n++] = p;
		word[n] = NULL;
		if (n == 0)
			continue;
		for (int i = 0; i < n; i++)
			if (word[0][0] == 'O' && strcmp(word[i], "--") == 0) {
				word[i] = NULL;
				other = word + i + 1;
			}
		printf("%ld\n", word[0][0] == 'X' ? run_other(word + 1) : run_container(word + 1, other));
	}
	return 0;
}
