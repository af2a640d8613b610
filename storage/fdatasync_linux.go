package storage

/*
#include <unistd.h>

// SQLite calls fdatasync where its build says that there is one (HAVE_FDATASYNC,
// as its own configure script does on Linux), and fsync otherwise. The driver's
// build does not say so. fdatasync leaves out the file's times, which nothing
// here reads, and with them a commit of the file system's journal per message.
// Data and size are as durable as before. Only C code sees this name; Go's own
// File.Sync is a system call of its own.
int fsync(int fd) { return fdatasync(fd); }
*/
import "C"
