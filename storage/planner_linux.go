package storage

/*
#include <stddef.h>

// Of SQLite's own interface (sqlite3.h); the driver compiles SQLite into the
// same program but does not offer these two. Weak, so that this package alone
// can be linked.
typedef struct sqlite3 sqlite3;
extern __attribute__((weak)) int sqlite3_db_config(sqlite3 *, int, ...);
extern __attribute__((weak)) int sqlite3_auto_extension(void (*)(void));

enum { ENABLE_QPSG = 1007 }; // SQLITE_DBCONFIG_ENABLE_QPSG

static int stable_plans(sqlite3 *db, char **message, const void *api) {
	return sqlite3_db_config(db, ENABLE_QPSG, 1, (int *)NULL);
}

static int keep_plans(void) {
	return sqlite3_auto_extension((void (*)(void))stable_plans);
}
*/
import "C"

// Every connection keeps the plan that a statement was prepared with (SQLite's
// query planner stability guarantee). Without it SQLite looks at bound values
// and prepares many statements anew at each use: 30 to 70 µs instead of 3 to 7.
func init() {
	if code := C.keep_plans(); code != 0 {
		panic("storage: SQLite does not start")
	}
}
