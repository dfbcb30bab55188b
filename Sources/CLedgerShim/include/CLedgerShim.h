#ifndef C_LEDGER_SHIM_H
#define C_LEDGER_SHIM_H

#include <sqlite3.h>
#include <stddef.h>

/* What Swift can't call itself: variadic functions, and what its view of the C library leaves out. */

/* Keeps the write-ahead log when the connection closes. Gives 1 when SQLite says it is so. */
int ledger_no_checkpoint_on_close(sqlite3 *db);

/* Takes byte 0 of an open file for this open file description, or gives it back. Gives 0, or errno;
   EAGAIN or EACCES when another holds it and `wait` is 0. */
int ledger_turnstile_enter(int fd, int wait);
int ledger_turnstile_leave(int fd);

/* Opens or makes a lock file, closed on exec. Gives a descriptor, or -errno. */
int ledger_open_lock_file(const char *path, int may_create);

/* Waits until all that was written to the file system of an open file is on the disk. Gives 0, or errno. */
int ledger_sync_file_system(int fd);

/* Fills a buffer from the system's generator. Gives 0, or errno. */
int ledger_random(void *buffer, size_t count);

#endif
