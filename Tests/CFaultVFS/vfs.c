#include "CFaultVFS.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct FaultVFS {
  sqlite3_vfs base;
  sqlite3_vfs *system;
  pthread_mutex_t mutex;
  FaultOperation *operations;
  size_t count, capacity;
  char *names[256];
  int name_count;
  int fail_kind, fail_at, fail_code, fail_forever, failures;
};

typedef struct {
  sqlite3_file base;
  FaultVFS *vfs;
  int file;
  sqlite3_file *real;
} FaultFile;

static void note(FaultVFS *vfs, int kind, int file, int64_t offset, const void *data, int64_t length) {
  pthread_mutex_lock(&vfs->mutex);
  if (vfs->count == vfs->capacity) {
    vfs->capacity = vfs->capacity ? vfs->capacity * 2 : 1024;
    vfs->operations = realloc(vfs->operations, vfs->capacity * sizeof(FaultOperation));
  }
  uint8_t *copy = NULL;
  if (data) {
    copy = malloc((size_t)length);
    memcpy(copy, data, (size_t)length);
  }
  vfs->operations[vfs->count++] = (FaultOperation){kind, file, offset, length, copy};
  pthread_mutex_unlock(&vfs->mutex);
}

/* The code to fail with now, or 0. */
static int fault(FaultVFS *vfs, int kind) {
  int code = 0;
  pthread_mutex_lock(&vfs->mutex);
  if (vfs->fail_kind == kind && vfs->fail_at > 0) {
    if (vfs->fail_at == 1) {
      code = vfs->fail_code;
      vfs->failures++;
      if (!vfs->fail_forever) vfs->fail_at = 0;
    } else {
      vfs->fail_at--;
    }
  }
  pthread_mutex_unlock(&vfs->mutex);
  return code;
}

static FaultFile *own(sqlite3_file *file) { return (FaultFile *)file; }
static sqlite3_file *real(sqlite3_file *file) { return ((FaultFile *)file)->real; }

static int x_close(sqlite3_file *f) {
  int rc = real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;
  free(real(f));
  return rc;
}
static int x_read(sqlite3_file *f, void *p, int n, sqlite3_int64 o) {
  return real(f)->pMethods->xRead(real(f), p, n, o);
}
static int x_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 o) {
  int code = fault(own(f)->vfs, FAULT_WRITE);
  if (code) return code;
  note(own(f)->vfs, FAULT_WRITE, own(f)->file, o, p, n);
  return real(f)->pMethods->xWrite(real(f), p, n, o);
}
static int x_truncate(sqlite3_file *f, sqlite3_int64 size) {
  int code = fault(own(f)->vfs, FAULT_TRUNCATE);
  if (code) return code;
  note(own(f)->vfs, FAULT_TRUNCATE, own(f)->file, size, NULL, 0);
  return real(f)->pMethods->xTruncate(real(f), size);
}
static int x_sync(sqlite3_file *f, int flags) {
  int code = fault(own(f)->vfs, FAULT_SYNC);
  if (code) return code;
  int rc = real(f)->pMethods->xSync(real(f), flags);
  note(own(f)->vfs, FAULT_SYNC, own(f)->file, 0, NULL, 0);
  return rc;
}
static int x_file_size(sqlite3_file *f, sqlite3_int64 *size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
static int x_lock(sqlite3_file *f, int lock) { return real(f)->pMethods->xLock(real(f), lock); }
static int x_unlock(sqlite3_file *f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); }
static int x_check(sqlite3_file *f, int *out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
static int x_control(sqlite3_file *f, int op, void *arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
static int x_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int x_traits(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
static int x_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
static int x_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
static void x_shm_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int x_shm_unmap(sqlite3_file *f, int del) {
  return real(f)->pMethods->xShmUnmap(real(f), del);
}

static const sqlite3_io_methods methods = {
    2,         x_close,   x_read,   x_write,   x_truncate, x_sync,     x_file_size,   x_lock,
    x_unlock,  x_check,   x_control, x_sector, x_traits,   x_shm_map,  x_shm_lock,    x_shm_barrier,
    x_shm_unmap, NULL,    NULL,
};

static int index_of(FaultVFS *vfs, const char *name) {
  pthread_mutex_lock(&vfs->mutex);
  int index = 0;
  while (index < vfs->name_count && strcmp(vfs->names[index], name) != 0) index++;
  if (index == vfs->name_count && vfs->name_count < 256) {
    vfs->names[vfs->name_count++] = strdup(name);
  }
  pthread_mutex_unlock(&vfs->mutex);
  return index;
}

static int x_open(sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *out) {
  FaultVFS *vfs = (FaultVFS *)base;
  FaultFile *f = own(file);
  f->base.pMethods = NULL;
  int code = fault(vfs, FAULT_OPEN);
  if (code) return code;
  f->vfs = vfs;
  f->real = calloc(1, (size_t)vfs->system->szOsFile);
  int rc = vfs->system->xOpen(vfs->system, name, f->real, flags, out);
  if (rc != SQLITE_OK && !f->real->pMethods) {
    free(f->real);
    return rc;
  }
  f->file = index_of(vfs, name ? name : "(temporary)");
  f->base.pMethods = &methods;
  note(vfs, FAULT_OPEN, f->file, 0, NULL, 0);
  return rc;
}

static int x_delete(sqlite3_vfs *base, const char *name, int sync) {
  FaultVFS *vfs = (FaultVFS *)base;
  int code = fault(vfs, FAULT_DELETE);
  if (code) return code;
  note(vfs, FAULT_DELETE, index_of(vfs, name), 0, NULL, 0);
  return vfs->system->xDelete(vfs->system, name, sync);
}

FaultVFS *fault_vfs_register(const char *name) {
  FaultVFS *vfs = calloc(1, sizeof(FaultVFS));
  vfs->system = sqlite3_vfs_find(NULL);
  if (!vfs->system) return NULL;
  vfs->base = *vfs->system;
  vfs->base.pNext = NULL;
  vfs->base.zName = strdup(name);
  vfs->base.szOsFile = sizeof(FaultFile);
  vfs->base.xOpen = x_open;
  vfs->base.xDelete = x_delete;
  pthread_mutex_init(&vfs->mutex, NULL);
  return sqlite3_vfs_register(&vfs->base, 0) == SQLITE_OK ? vfs : NULL;
}

void fault_vfs_acknowledge(FaultVFS *vfs, int kind, int64_t value) {
  note(vfs, FAULT_ACK, kind, value, NULL, 0);
}
size_t fault_vfs_count(FaultVFS *vfs) { return vfs->count; }
FaultOperation fault_vfs_operation(FaultVFS *vfs, size_t index) { return vfs->operations[index]; }
const char *fault_vfs_file_name(FaultVFS *vfs, int file) { return vfs->names[file]; }

void fault_vfs_fail(FaultVFS *vfs, int kind, int nth, int code, int forever) {
  pthread_mutex_lock(&vfs->mutex);
  vfs->fail_kind = kind;
  vfs->fail_at = nth;
  vfs->fail_code = code;
  vfs->fail_forever = forever;
  vfs->failures = 0;
  pthread_mutex_unlock(&vfs->mutex);
}
int fault_vfs_failures(FaultVFS *vfs) { return vfs->failures; }
