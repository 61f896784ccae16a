/*
 * seam.h - put before every file of the product (clang -include) when it is built for the fuzzer: each name by which the
 * interpreter or the keeper reaches the kernel becomes the imaginary kernel's of machine.c. The product's own lines stay
 * as they are, and nothing of what a mutated plan says is ever carried out.
 */
#ifndef GLASSBOX_SEAM_H
#define GLASSBOX_SEAM_H

/* Their declarations first: the names below are macros from then on. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ops.c carries out what the plan says; whatever another file calls is the interpreter's own. Six arguments in any case. */
#define syscall(...) gb_seam_syscall(!strcmp(__FILE_NAME__, "ops.c"), __VA_ARGS__, 0L, 0L, 0L, 0L, 0L, 0L)
long gb_seam_syscall(int of_plan, long nr, ...);

#define close(fd) gb_seam_close(fd)
int gb_seam_close(int fd);
#define socketpair(family, type, protocol, ends) gb_seam_socketpair(ends)
int gb_seam_socketpair(int ends[2]);
#define fcntl(fd, cmd, arg) gb_seam_dup(fd, cmd, arg)
int gb_seam_dup(int fd, int cmd, int lowest);
#define poll(set, n, timeout) gb_seam_poll(set, n, timeout)
int gb_seam_poll(struct pollfd *set, nfds_t n, int timeout);
#define recv(fd, buf, len, flags) gb_seam_recv(fd, buf, len)
ssize_t gb_seam_recv(int fd, void *buf, size_t len);
#define send(fd, buf, len, flags) gb_seam_send(fd, buf, len)
ssize_t gb_seam_send(int fd, const void *buf, size_t len);
#define kill(pid, signal) gb_seam_kill(pid, signal)
int gb_seam_kill(pid_t pid, int signal);
#define waitid(type, id, si, options) ((void)(type), (void)(id), gb_seam_waitid(si, options))
int gb_seam_waitid(siginfo_t *si, int options);
#define sched_getaffinity(pid, size, set) gb_seam_affinity(pid, set)
int gb_seam_affinity(pid_t pid, cpu_set_t *set);
#define sched_setaffinity(pid, size, set) gb_seam_set_affinity(pid, set)
int gb_seam_set_affinity(pid_t pid, const cpu_set_t *set);
#define sched_getcpu() 0
#define get_nprocs() 2
#define openat(at, path, flags) gb_seam_openat(at, path)
int gb_seam_openat(int at, const char *path);
#define lseek(fd, to, whence) gb_seam_lseek(fd)
off_t gb_seam_lseek(int fd);
#define unlinkat(at, name, flags) gb_seam_unlinkat(at, name)
int gb_seam_unlinkat(int at, const char *name);
#define nanosleep(pause, rest) gb_seam_nanosleep(pause)
int gb_seam_nanosleep(const struct timespec *pause);
#define clock_gettime(clock, t) gb_seam_clock(t)
int gb_seam_clock(struct timespec *t);

/* The keeper's */
#define _exit(status) gb_seam_exit(status)
_Noreturn void gb_seam_exit(int status);
#define epoll_create1(flags) gb_seam_socket()
#define signalfd(fd, set, flags) gb_seam_socket()
int gb_seam_socket(void);
#define epoll_ctl(epoll, op, fd, event) gb_seam_watch(fd, event)
int gb_seam_watch(int fd, const struct epoll_event *event);
#define epoll_wait(epoll, events, n, timeout) gb_seam_events(events)
int gb_seam_events(struct epoll_event *events);
#define sendmsg(fd, m, flags) gb_seam_sendmsg(fd, m)
ssize_t gb_seam_sendmsg(int fd, const struct msghdr *m);
#define recvmsg(fd, m, flags) gb_seam_recvmsg(fd, m)
ssize_t gb_seam_recvmsg(int fd, struct msghdr *m);
#define read(fd, buf, len) gb_seam_read(fd, buf, len)
ssize_t gb_seam_read(int fd, void *buf, size_t len);
#define write(fd, buf, len) gb_seam_write(fd, buf, len)
ssize_t gb_seam_write(int fd, const void *buf, size_t len);
#define wait4(pid, status, options, usage) gb_seam_wait4(status, usage)
pid_t gb_seam_wait4(int *status, struct rusage *usage);

/* Who runs plans tells the imaginary kernel of them first. */
#ifdef GB_SEAM_RUN
#define gb_run_plan gb_seam_run_plan
#endif

#endif
