/*
 * bare.h - a program without any library: how it begins, and how it calls the kernel (syscall(2)). It ends by exit_group.
 */
#ifndef GLASSBOX_BARE_H
#define GLASSBOX_BARE_H

#include <stdint.h>

/* What the kernel has left on the stack (execve(2)): argc, argv, NULL, the environment, NULL. */
void begin(long *stack);

#if defined(__x86_64__)
static long call(long nr, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d, r8 __asm__("r8") = e;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return result;
}
#define START "xor %ebp, %ebp; mov %rsp, %rdi; and $-16, %rsp; call begin"
#elif defined(__aarch64__)
static long call(long nr, long a, long b, long c, long d, long e)
{
	register long x8 __asm__("x8") = nr, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d, x4 __asm__("x4") = e;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
	return x0;
}
#define START "mov x29, #0; mov x30, #0; mov x0, sp; bl begin"
#else
#error "x86-64 and arm64 only"
#endif

#ifdef GB_HOSTED /* for the sanitizers, which need a libc */
int main(int argc, char **argv)
{
	(void)argc;
	begin((long *)(void *)argv - 1); /* the kernel has put argc there, of which nothing is read */
}
#else
__asm__(".text; .globl _start; _start: " START);
#endif

#endif
