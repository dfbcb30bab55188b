#define _GNU_SOURCE
#include "CLedgerShim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

int ledger_configure_sqlite(int pages) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, pages) == SQLITE_OK;
}

int ledger_without_triggers(sqlite3 *db) {
  int on = 1;
  int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &on);
  return rc == SQLITE_OK && on == 0;
}

int ledger_no_checkpoint_on_close(sqlite3 *db) {
  int on = 0;
  int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &on);
  return rc == SQLITE_OK && on == 1;
}

#ifdef F_OFD_SETLK
static int turnstile(int fd, int command, short kind) {
  struct flock range = {0};
  range.l_type = kind;
  range.l_whence = SEEK_SET;
  range.l_start = 0;
  range.l_len = 1;
  while (fcntl(fd, command, &range) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

int ledger_turnstile_enter(int fd, int wait) {
  int error = turnstile(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, F_WRLCK);
  return error == EBADF ? 0 : error; /* who may only read the lock file does without */
}

int ledger_turnstile_leave(int fd) { return turnstile(fd, F_OFD_SETLK, F_UNLCK); }
#else
/* Without locks of an open file description the wait is not fair, but still exclusive. */
int ledger_turnstile_enter(int fd, int wait) { return 0; }
int ledger_turnstile_leave(int fd) { return 0; }
#endif

int ledger_open_lock_file(const char *path, int may_create) {
  int flags = O_RDWR | O_CLOEXEC | (may_create ? O_CREAT : 0);
  int fd = open(path, flags, 0600);
  if (fd < 0 && (errno == EACCES || errno == EROFS || errno == EPERM)) {
    fd = open(path, O_RDONLY | O_CLOEXEC);
  }
  return fd < 0 ? -errno : fd;
}

int ledger_sync_file_system(int fd) {
#ifdef __APPLE__
  (void)fd;
  sync();
  return 0;
#else
  return syncfs(fd) == 0 ? 0 : errno;
#endif
}

void ledger_give_memory_back(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

int ledger_random(void *buffer, size_t count) {
  char *next = buffer;
  while (count > 0) {
    size_t piece = count < 256 ? count : 256; /* the most that getentropy gives at once */
    if (getentropy(next, piece) != 0) return errno;
    next += piece;
    count -= piece;
  }
  return 0;
}
