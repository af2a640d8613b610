#include <stddef.h>

// SQLite's own, from the driver's build; absent only while this file is tried alone.
extern int sqlite3_config(int, ...) __attribute__((weak));

enum { SQLITE_CONFIG_MEMSTATUS = 9 };

// SQLite adds up its memory under one lock for the whole process, at each piece it
// takes and gives back. Nothing here reads that sum. It can be told so only before
// its first use.
__attribute__((constructor)) static void leave_uncounted(void) {
	if (sqlite3_config != NULL) {
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	}
}
