/*
 * sanitizer.c - linked into whatever is built with sanitizers. The keeper starts without an environment and with /dev/null
 * as its standard error, so the options are compiled in, and what is found goes to files that `make check` looks for.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "exitcode=99:abort_on_error=0:detect_stack_use_after_return=1:log_path=" GB_SANITIZER_LOG;
}
