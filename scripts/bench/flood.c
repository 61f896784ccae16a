/* flood.c - prints lines at a steady rate: flood LINES_PER_SECOND. Ten bursts a second, numbered lines of 60 characters. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
	long rate = argc > 1 ? atol(argv[1]) : 20000, n = 0;
	struct timespec next;

	clock_gettime(CLOCK_MONOTONIC, &next);
	for (;;) {
		for (long i = 0; i < rate / 50; i++)
			if (printf("%08ld the quick brown fox jumps over the lazy dog, again and\n", n++) < 0)
				return 0;
		fflush(stdout);
		next.tv_nsec += 20000000;
		if (next.tv_nsec >= 1000000000) {
			next.tv_nsec -= 1000000000;
			next.tv_sec++;
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
}
