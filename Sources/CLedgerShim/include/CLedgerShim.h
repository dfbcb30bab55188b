#ifndef C_LEDGER_SHIM_H
#define C_LEDGER_SHIM_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

/* What Swift can't call itself: variadic functions, what its view of the C library leaves out, and
   instructions that it has no name for. */

/* Before SQLite is first used: has it keep no count of its memory, which all threads would take turns to keep,
   and set aside `pages` pages for each connection at once. Gives 1 when it is so; 0 when SQLite was in use
   already and goes on as it was. */
int ledger_configure_sqlite(int pages);

/* Has statements of the connection run no triggers. Gives 1 when SQLite says it is so. */
int ledger_without_triggers(sqlite3 *db);

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

/* SHA-256 without an allocation or a call through tables for each hash: the tree has many small ones. Only
   where ledger_sha256_is_fast says that the processor has instructions for it. `digest` takes 32 bytes. */
typedef struct {
  uint32_t words[8];
  uint64_t length;
  uint8_t block[64];
} ledger_sha256;
int ledger_sha256_is_fast(void);
void ledger_sha256_begin(ledger_sha256 *hash);
void ledger_sha256_add(ledger_sha256 *hash, const void *bytes, size_t count);
void ledger_sha256_end(ledger_sha256 *hash, void *digest);

/* Hashes messages, two in step, each with a byte before it unless `prefix` is negative. A message lies in
   `bytes` between two of the bounds; the digests stand in the order of the messages. */
void ledger_sha256_many(
    int prefix, const void *bytes, const size_t *bounds, size_t count, void *digests);

/* Hashes 1 and two digests, for each of `count` pairs of digests in a row; the parents may go where the
   children are. */
void ledger_sha256_nodes(const void *children, void *parents, size_t count);

/* Gives memory that is free, but kept for the process, back to the system, where it can be asked for. */
void ledger_give_memory_back(void);

/* Fills a buffer from the system's generator. Gives 0, or errno. */
int ledger_random(void *buffer, size_t count);

#endif
