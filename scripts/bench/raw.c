/*
 * raw.c - the yardstick: what the kernel itself needs to create a container, run a program and remove all again.
 *
 * A loop around clone3 with nothing between it and the kernel: CLONE_VM | CLONE_VFORK, so that not even page tables are
 * copied. Reads lines from stdin and answers each with nanoseconds on stdout, so that the benchmark can interleave it
 * with the engine and with other runtimes:
 *
 *   R lower upper work merged    one container: new uts, ipc, pid, mount, net and cgroup namespaces, overlay root with
 *                                its upper layer in `upper`, proc, pivot_root, sethostname, /bin/true
 *   X file arg ...               posix_spawn of another runtime, waited for
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static char options[4096], *merged;
static char stack[256 * 1024] __attribute__((aligned(64)));

static void die(const char *what)
{
	int e = errno;

	dprintf(2, "raw: %s: %s\n", what, strerror(e));
	_exit(126);
}

static int child(void *unused)
{
	char *const argv[] = {"/bin/true", NULL}, *const envp[] = {"PATH=/bin", NULL};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)unused;
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

/* glibc's clone() does the stack switching; the flags are those of the clone3 that the engine makes. */
static int container(void)
{
	int flags = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_VM |
		    CLONE_VFORK | SIGCHLD;
	int status, pid = clone(child, stack + sizeof stack, flags, NULL);

	if (pid < 0) {
		perror("raw: clone");
		return -1;
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static long run_raw(char **arg)
{
	long began, took;
	char inner[4096];

	/* The folders of the upper layer are made and removed outside the time, here as for the engine. */
	mkdir(arg[1], 0755);
	mkdir(arg[2], 0755);
	snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s", arg[0], arg[1], arg[2]);
	merged = arg[3];
	began = now();
	if (container() != 0)
		return -1;
	took = now() - began;
	snprintf(inner, sizeof inner, "%s/work", arg[2]);
	rmdir(inner);
	rmdir(arg[2]);
	rmdir(arg[1]);
	return took;
}

static long run_other(char **arg)
{
	long began = now();
	posix_spawn_file_actions_t files;
	int status = -1;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDWR, 0);
	posix_spawn_file_actions_adddup2(&files, 0, 1);
	if (!getenv("RAW_STDERR"))
		posix_spawn_file_actions_adddup2(&files, 0, 2);
	if (posix_spawnp(&pid, arg[0], &files, NULL, arg, environ) == 0)
		waitpid(pid, &status, 0);
	posix_spawn_file_actions_destroy(&files);
	return status == 0 ? now() - began : -1;
}

int main(void)
{
	static char line[65536];

	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof line, stdin)) {
		char *word[128];
		int n = 0;

		for (char *p = strtok(line, " \n"); p && n < 127; p = strtok(NULL, " \n"))
			word[n++] = p;
		word[n] = NULL;
		if (n == 0)
			continue;
		printf("%ld\n", word[0][0] == 'R' ? run_raw(word + 1) : run_other(word + 1));
	}
	return 0;
}
