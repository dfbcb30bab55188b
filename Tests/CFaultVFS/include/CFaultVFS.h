#ifndef C_FAULT_VFS_H
#define C_FAULT_VFS_H

#include <stddef.h>
#include <stdint.h>

/* A VFS for tests: it passes everything on to the system's, keeps a list of what was written, truncated and synced,
   and can fail on demand. Register it before the first open; a database is opened through it by name. */

typedef struct FaultVFS FaultVFS;

enum {
  FAULT_OPEN = 1,     /* file = index of the file */
  FAULT_WRITE = 2,    /* offset, length, data */
  FAULT_TRUNCATE = 3, /* offset = new size */
  FAULT_SYNC = 4,
  FAULT_DELETE = 5,
  FAULT_ACK = 6 /* offset = whatever the test acknowledges, file = which kind */
};

typedef struct {
  int kind;
  int file;
  int64_t offset;
  int64_t length;
  const uint8_t *data;
} FaultOperation;

/* Registers a VFS under a name, or NULL. It lives as long as the process. */
FaultVFS *fault_vfs_register(const char *name);

/* Notes that something was acknowledged. */
void fault_vfs_acknowledge(FaultVFS *vfs, int kind, int64_t value);

/* The operations so far. Only while no other thread uses the VFS. */
size_t fault_vfs_count(FaultVFS *vfs);
FaultOperation fault_vfs_operation(FaultVFS *vfs, size_t index);
const char *fault_vfs_file_name(FaultVFS *vfs, int file);

/* Lets the nth operation of a kind from now on fail with an SQLite code, and all after it when `forever`. 0 = none. */
void fault_vfs_fail(FaultVFS *vfs, int kind, int nth, int code, int forever);

/* How often an operation was made to fail. */
int fault_vfs_failures(FaultVFS *vfs);

#endif
