/*
 * probe.c - says what a process is, from inside: one line "key<tab>value" per fact, then ends as its arguments say.
 *
 * Static and alone in its root, so that every runtime can run it. Nothing is judged or left out here: facts.ts says
 * which numbers may differ, and why.
 *
 *   probe [exit N | signal N | wait]
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static const char *error(long result) { return result >= 0 ? "ok" : strerrorname_np(errno); }

/* Lines of a file, each as a fact of its own: "file.2". What cannot be read is a fact too. */
static void lines(const char *key, const char *path)
{
	char line[8192];
	FILE *file = fopen(path, "re");
	int n = 0;

	if (!file) {
		printf("%s\t%s\n", key, strerrorname_np(errno));
		return;
	}
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = 0;
		printf("%s.%d\t%s\n", key, n++, line);
	}
	if (n == 0)
		printf("%s\tempty\n", key);
	fclose(file);
}

static void ids(void)
{
	gid_t list[1024];
	uid_t r, e, s;
	int n = getgroups(1024, list);
	mode_t mask = umask(0);

	umask(mask);
	getresuid(&r, &e, &s);
	printf("uid\t%u %u %u\n", r, e, s);
	getresgid(&r, &e, &s);
	printf("gid\t%u %u %u\n", r, e, s);
	printf("groups\t");
	for (int i = 0; i < n; i++)
		printf("%u ", list[i]);
	printf("\numask\t%04o\n", mask);
	printf("pid\t%d\n", getpid());
	printf("ppid\t%d\n", getppid());
	printf("leads group\t%d\n", getpgrp() == getpid());
	printf("leads session\t%d\n", getsid(0) == getpid());
}

static void status(void)
{
	static const char *const wanted[] = {"Uid", "Gid", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
					     "Seccomp", "SigBlk", "SigIgn", "SigCgt", "Cpus_allowed_list", "Threads"};
	FILE *file = fopen("/proc/self/status", "re");
	char line[4096];

	while (file && fgets(line, sizeof line, file))
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
			size_t n = strlen(wanted[i]);

			if (strncmp(line, wanted[i], n) == 0 && line[n] == ':')
				printf("status.%s\t%s", wanted[i], line + n + 2);
		}
	if (file)
		fclose(file);
}

static void namespaces(void)
{
	static const char *const kinds[] = {"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"};
	char path[64], target[64];

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[i]);
		ssize_t n = readlink(path, target, sizeof target - 1);

		printf("ns.%s\t%.*s\n", kinds[i], n < 0 ? 7 : (int)n, n < 0 ? "missing" : target);
	}
}

static void limits(void)
{
	static const char *const names[] = {"CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE",
					    "MEMLOCK", "AS", "LOCKS", "SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"};

	for (int i = 0; i < 16; i++) {
		struct rlimit limit;

		if (getrlimit(i, &limit) == 0)
			printf("limit.%s\t%ld %ld\n", names[i], (long)limit.rlim_cur, (long)limit.rlim_max);
	}
}

static void priorities(void)
{
	struct sched_param param = {0};
	int policy = sched_getscheduler(0);

	sched_getparam(0, &param);
	errno = 0;
	printf("scheduler\t%d %d\n", policy, param.sched_priority);
	printf("nice\t%d\n", getpriority(PRIO_PROCESS, 0));
	printf("ioprio\t%ld\n", syscall(SYS_ioprio_get, 1, 0));
	printf("personality\t%x\n", (unsigned)personality(0xffffffff));
}

/* One entry of a folder: kind, mode, owner, and where it leads. */
static void entry(const char *key, const char *path)
{
	struct stat st;
	char target[4096];

	if (lstat(path, &st) < 0) {
		printf("%s\t%s\n", key, strerrorname_np(errno));
		return;
	}
	if (S_ISLNK(st.st_mode)) {
		ssize_t n = readlink(path, target, sizeof target);

		printf("%s\tlink %.*s\n", key, n < 0 ? 0 : (int)n, target);
		return;
	}
	printf("%s\t%06o %u:%u", key, st.st_mode, st.st_uid, st.st_gid);
	if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
		printf(" %u:%u open %s", major(st.st_rdev), minor(st.st_rdev),
		       error(open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)));
	printf("\n");
}

static void folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *next;

	while (dir && (next = readdir(dir))) {
		char name[512];

		if (strcmp(next->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof name, "%s/%s", path, next->d_name);
		entry(name, name);
	}
	if (!dir)
		printf("%s\t%s\n", path, strerrorname_np(errno));
	else
		closedir(dir);
}

static void descriptors(void)
{
	for (int fd = 0; fd < 1024; fd++) {
		struct stat st;
		struct winsize size = {0};

		if (fstat(fd, &st) < 0)
			continue;
		printf("fd.%d\t%06o", fd, st.st_mode & S_IFMT);
		if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0)
			printf(" terminal %ux%u %04o %u:%u %s foreground %d", size.ws_col, size.ws_row, st.st_mode & 07777, st.st_uid, st.st_gid,
			       ttyname(fd) ? ttyname(fd) : strerrorname_np(errno), tcgetpgrp(fd) == getpgrp());
		else if (S_ISCHR(st.st_mode))
			printf(" %u:%u", major(st.st_rdev), minor(st.st_rdev));
		printf("\n");
	}
}

/* What the kernel answers to deeds: names of errors, "ok" where it was done. */
static void deeds(void)
{
	static const char *const folders[] = {"/x", "/tmp/x", "/data/x", "/data/sub/x", "/ro/x", "/proc/sys/x"};
	static const char *const programs[] = {"/tmp/program", "/data/program"};
	char key[64];

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		snprintf(key, sizeof key, "mkdir %s", folders[i]);
		printf("%s\t%s\n", key, error(mkdir(folders[i], 0777)));
		entry(folders[i], folders[i]);
		rmdir(folders[i]);
	}
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
		int fd = open(programs[i], O_CREAT | O_WRONLY | O_CLOEXEC, 0700);

		if (fd >= 0)
			close(fd);
		snprintf(key, sizeof key, "may run %s", programs[i]);
		printf("%s\t%s\n", key, error(access(programs[i], X_OK)));
		unlink(programs[i]);
	}
	printf("mknod null\t%s\n", error(mknod("/tmp/null", S_IFCHR | 0666, makedev(1, 3))));
	printf("open that null\t%s\n", error(open("/tmp/null", O_RDWR | O_CLOEXEC)));
	unlink("/tmp/null");
	printf("chown\t%s\n", error(mkdir("/tmp/own", 0700) < 0 ? -1 : chown("/tmp/own", 1, 1)));
	rmdir("/tmp/own");
	printf("write a sysctl\t%s\n", error(open("/proc/sys/kernel/domainname", O_WRONLY | O_CLOEXEC)));
	printf("chroot\t%s\n", error(chroot("/")));
	printf("socket unix\t%s\n", error(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)));
	printf("socket netlink\t%s\n", error(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0)));
	struct ifreq loopback = {.ifr_name = "lo"};
	int inet = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (ioctl(inet, SIOCGIFFLAGS, &loopback) == 0)
		printf("loopback\t%s\n", loopback.ifr_flags & IFF_UP ? "up" : "down");
	printf("socket raw\t%s\n", error(socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, 1)));
	printf("setpriority\t%s\n", error(setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0))));
	printf("mlock\t%s\n", error(mlock(folders, 1)));
	printf("getcpu\t%s\n", error(syscall(SYS_getcpu, NULL, NULL, NULL)));
	printf("tracing of itself\t%s\n", error(syscall(SYS_ptrace, 17 /* PTRACE_DETACH */, 0, 0, 0) < 0 && errno == ESRCH ? 0 : -1));
	printf("namespace\t%s\n", error(unshare(CLONE_NEWUTS)));
	printf("remount\t%s\n", error(syscall(SYS_mount, NULL, "/tmp", NULL, 32 | 4096 /* MS_REMOUNT | MS_BIND */, NULL)));
}

static void files(void)
{
	static const char *const read[][2] = {
	    {"uid_map", "/proc/self/uid_map"},
	    {"gid_map", "/proc/self/gid_map"},
	    {"setgroups", "/proc/self/setgroups"},
	    {"oom_score_adj", "/proc/self/oom_score_adj"},
	    {"cgroup", "/proc/self/cgroup"},
	    {"mounts", "/proc/self/mountinfo"},
	    {"timens", "/proc/self/timens_offsets"},
	    {"limits", "/proc/self/coredump_filter"},
	    {"interfaces", "/proc/net/dev"},
	    {"routes", "/proc/net/route"},
	    {"sysctl.domainname", "/proc/sys/kernel/domainname"},
	    {"sysctl.shmmax", "/proc/sys/kernel/shmmax"},
	    {"sysctl.msgmax", "/proc/sys/kernel/msgmax"},
	    {"sysctl.sem", "/proc/sys/kernel/sem"},
	    {"sysctl.mqueue", "/proc/sys/fs/mqueue/msg_max"},
	    {"sysctl.forward", "/proc/sys/net/ipv4/ip_forward"},
	    {"sysctl.ports", "/proc/sys/net/ipv4/ip_unprivileged_port_start"},
	    {"data", "/data/file"},
	    {"bound", "/etc/bound"},
	    {"masked", "/proc/sysvipc/shm"},
	};

	for (size_t i = 0; i < sizeof read / sizeof *read; i++)
		lines(read[i][0], read[i][1]);
}

int main(int argc, char **argv, char **env)
{
	char cwd[4096];
	struct utsname uts;
	struct timespec up;

	descriptors();
	for (int i = 0; i < argc; i++)
		printf("arg.%d\t%s\n", i, argv[i]);
	for (int i = 0; env[i]; i++)
		printf("env.%d\t%s\n", i, env[i]);
	printf("cwd\t%s\n", getcwd(cwd, sizeof cwd) ? cwd : strerrorname_np(errno));
	uname(&uts);
	printf("hostname\t%s\ndomainname\t%s\nmachine\t%s\n", uts.nodename, uts.domainname, uts.machine);
	clock_gettime(CLOCK_BOOTTIME, &up);
	printf("up days\t%ld\n", up.tv_sec / 86400);
	ids();
	status();
	namespaces();
	limits();
	priorities();
	files();
	folder("/");
	folder("/dev");
	folder("/data");
	folder("/proc/acpi");
	deeds();
	printf("end\tend\n");
	fflush(stdout);
	if (argc == 3 && strcmp(argv[1], "exit") == 0)
		return atoi(argv[2]);
	if (argc == 3 && strcmp(argv[1], "signal") == 0)
		raise(atoi(argv[2]));
	for (;;) {
		if (argc != 2 || strcmp(argv[1], "wait") != 0)
			return 0;
		pause();
	}
}
