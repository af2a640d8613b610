#include <sys/prctl.h>

// Nanoseconds by which the kernel may be late to wake a thread, 50,000 by default.
enum { SLACK = 300000 };

// Runs before Go's runtime starts, whose watchdog thread inherits it.
__attribute__((constructor)) static void slacken(void) { prctl(PR_SET_TIMERSLACK, SLACK, 0, 0, 0); }
