// The ceiling: SQLite in plain C with the durability of the ledger and none of its work.
//
// It writes the same records (WAL, synchronous=FULL, one commit an append, a passive checkpoint every
// 2,000 frames) and one index row per tag and key. It does NOT hash, build JSON, check a condition or
// a key, keep a Merkle tree, refuse changes by trigger, or take a lock between processes.
//
//   raw_sqlite fsync FOLDER SECONDS
//   raw_sqlite append EVENTS FOLDER BATCH SECONDS LIMIT THREADS     (0 SECONDS or LIMIT: none)
//   raw_sqlite catchup FOLDER
//   raw_sqlite timeline EVENTS FOLDER COUNT
//   raw_sqlite open FOLDER
//   raw_sqlite import registrations|inventory FOLDER SOURCE        (SOURCE: a ledger.sqlite to take the rows from)
//
// Each prints one line of JSON; append says `appending` on the error output when it begins. With RAW_SQLITE_INDEX=0 in the environment the index rows are left
// out, which shows what they alone cost; such a store has no timelines.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHECKPOINT_FRAMES 2000

typedef struct {
  uint32_t correction;
  uint8_t number, marks, whole;
  uint16_t record_length, append_offset, append_length;
  const uint8_t *leaf, *mark, *record;
} Event;

static void die(const char *what, const char *why) {
  fprintf(stderr, "raw_sqlite: %s: %s\n", what, why);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

// ---- latencies -------------------------------------------------------------------------------

typedef struct { float *at; size_t count, room; } Latencies;

static void note(Latencies *l, double seconds) {
  if (l->count == l->room) {
    l->room = l->room ? l->room * 2 : 4096;
    l->at = realloc(l->at, l->room * sizeof *l->at);
    if (!l->at) die("latencies", "out of memory");
  }
  l->at[l->count++] = (float)(seconds * 1e3);
}

static int by_size(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

// The value at rank ceil(p * n), p in thousandths.
static double percentile(Latencies *l, int thousandths) {
  if (!l->count) return 0;
  size_t rank = (l->count * thousandths + 999) / 1000;
  return l->at[(rank ? rank : 1) - 1];
}

static void print_latencies(Latencies *l) {
  qsort(l->at, l->count, sizeof *l->at, by_size);
  printf("\"operations\":%zu,\"p50_ms\":%.5f,\"p99_ms\":%.5f,\"max_ms\":%.5f", l->count,
         percentile(l, 500), percentile(l, 990), percentile(l, 1000));
}

// ---- the events of the file ------------------------------------------------------------------

static Event *events;
static size_t event_count;

static uint16_t u16(const uint8_t *p) { return p[0] | p[1] << 8; }
static uint32_t u32(const uint8_t *p) { return u16(p) | (uint32_t)u16(p + 2) << 16; }

static void read_events(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat size;
  if (file < 0 || fstat(file, &size)) die(path, "cannot be read");
  const uint8_t *data = mmap(0, size.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (data == MAP_FAILED || memcmp(data, "SMIEVT01", 8)) die(path, "is no file of events");
  event_count = u32(data + 8);
  events = malloc(event_count * sizeof *events);
  if (!events) die(path, "too many events for the memory");
  const uint8_t *at = data + 24;
  for (size_t i = 0; i < event_count; i++) {
    Event *e = &events[i];
    e->correction = u32(at + 4);
    e->number = at[8];
    e->marks = at[9];
    e->whole = at[11];
    e->record_length = u16(at + 12);
    e->append_offset = u16(at + 18);
    e->append_length = u16(at + 20);
    e->leaf = at + 24;
    e->mark = e->leaf + 32;
    e->record = e->mark + 8 * e->marks;
    at += 4 + u32(at);
  }
}

// ---- the store -------------------------------------------------------------------------------

static sqlite3 *db;
static sqlite3_stmt *begin, *commit, *insert_event, *insert_mark;
static long checkpoints;
static int with_index = 1;

static void check(int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) die("SQLite", sqlite3_errmsg(db));
}

static void run(const char *sql) { check(sqlite3_exec(db, sql, 0, 0, 0)); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0));
  return statement;
}

static void step(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}

static long number_from(const char *sql) {
  sqlite3_stmt *statement = prepare(sql);
  check(sqlite3_step(statement));
  long value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

static int wal_grew(void *context, sqlite3 *connection, const char *name, int frames) {
  (void)context;
  if (frames >= CHECKPOINT_FRAMES) {
    checkpoints++;
    sqlite3_wal_checkpoint_v2(connection, name, SQLITE_CHECKPOINT_PASSIVE, 0, 0);
  }
  return SQLITE_OK;
}

static void open_store(const char *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s/raw.sqlite", folder);
  // One connection behind our own mutex, so SQLite's would only cost.
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  check(sqlite3_open_v2(path, &db, flags, 0));
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, 0);
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
      "PRAGMA secure_delete=ON;"
      "CREATE TABLE IF NOT EXISTS event(position INTEGER PRIMARY KEY, record BLOB NOT NULL,"
      " leaf BLOB NOT NULL, marks BLOB NOT NULL) STRICT;"
      "CREATE TABLE IF NOT EXISTS tag_index(mark INTEGER NOT NULL, position INTEGER NOT NULL,"
      " PRIMARY KEY(mark, position)) STRICT, WITHOUT ROWID;");
  if (number_from("PRAGMA synchronous") != 2) die("synchronous", "is not FULL");
  sqlite3_wal_hook(db, wal_grew, 0);
  begin = prepare("BEGIN IMMEDIATE");
  commit = prepare("COMMIT");
  insert_event = prepare("INSERT INTO event VALUES(?,?,?,?)");
  insert_mark = prepare("INSERT INTO tag_index VALUES(?,?)");
}

static int64_t mark_of(const uint8_t *bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | bytes[i];
  return (int64_t)value;
}

// Only the first record of an append holds its `append` member; `whole` says that this is the first.
static void insert(const Event *e, long position, int whole) {
  uint8_t shorter[65536];
  const uint8_t *record = e->record;
  int length = e->record_length, marks = e->marks;
  if (!whole) {
    memcpy(shorter, record, e->append_offset);
    memcpy(shorter + e->append_offset, record + e->append_offset + e->append_length,
           length - e->append_offset - e->append_length);
    record = shorter;
    length -= e->append_length;
    marks--;
  }
  sqlite3_bind_int64(insert_event, 1, position);
  sqlite3_bind_blob(insert_event, 2, record, length, SQLITE_STATIC);
  sqlite3_bind_blob(insert_event, 3, e->leaf, 32, SQLITE_STATIC);
  sqlite3_bind_blob(insert_event, 4, e->mark, 8 * marks, SQLITE_STATIC);
  step(insert_event);
  for (int i = 0; with_index && i < marks; i++) {
    sqlite3_bind_int64(insert_mark, 1, mark_of(e->mark + 8 * i));
    sqlite3_bind_int64(insert_mark, 2, position);
    step(insert_mark);
  }
}

// ---- appending -------------------------------------------------------------------------------

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t start;
static long next_position;
static double deadline;

typedef struct {
  const Event **events;
  size_t count, done, batch;
  Latencies latencies;
  double started, ended;
} Caller;

static void *append_all(void *context) {
  Caller *caller = context;
  pthread_barrier_wait(&start);
  caller->started = now();
  double before = caller->started;
  while (caller->done + caller->batch <= caller->count && before < deadline) {
    pthread_mutex_lock(&turn);
    step(begin);
    for (size_t i = 0; i < caller->batch; i++)
      insert(caller->events[caller->done + i], next_position++, i == 0);
    step(commit);
    pthread_mutex_unlock(&turn);
    caller->done += caller->batch;
    double after = now();
    note(&caller->latencies, after - before);
    before = after;
  }
  caller->ended = now();
  return 0;
}

static void append(const char *folder, size_t batch, double seconds, size_t limit, int threads) {
  open_store(folder);
  size_t from = number_from("SELECT coalesce(max(position), 0) FROM event");
  next_position = (long)from + 1;
  size_t end = limit && from + limit < event_count ? from + limit : event_count;
  Caller *callers = calloc(threads, sizeof *callers);
  pthread_t *handles = calloc(threads, sizeof *handles);
  for (int t = 0; t < threads; t++) {
    callers[t].batch = batch;
    callers[t].events = malloc((end - from) * sizeof(Event *));
    for (size_t i = from; i < end; i++)
      if (threads == 1 || events[i].correction % threads == (uint32_t)t)
        callers[t].events[callers[t].count++] = &events[i];
  }
  pthread_barrier_init(&start, 0, threads);
  fprintf(stderr, "appending\n");
  deadline = now() + (seconds > 0 ? seconds : 1e9);
  for (int t = 0; t < threads; t++) pthread_create(&handles[t], 0, append_all, &callers[t]);
  for (int t = 0; t < threads; t++) pthread_join(handles[t], 0);
  double started = 1e300, ended = 0;
  size_t total = 0, least = SIZE_MAX, most = 0;
  Latencies all = {0};
  for (int t = 0; t < threads; t++) {
    Caller *c = &callers[t];
    if (c->started < started) started = c->started;
    if (c->ended > ended) ended = c->ended;
    total += c->done;
    if (c->done < least) least = c->done;
    if (c->done > most) most = c->done;
    for (size_t i = 0; i < c->latencies.count; i++) note(&all, c->latencies.at[i] / 1e3);
  }
  long stored = number_from("SELECT count(*) FROM event") - (long)from;
  if ((size_t)stored != total) die("append", "not every acknowledged event is stored");
  printf("{\"events\":%zu,\"seconds\":%.6f,\"rate\":%.1f,\"errors\":0,\"fewest\":%zu,\"most\":%zu,"
         "\"checkpoints\":%ld,", total, ended - started, total / (ended - started), least, most,
         checkpoints);
  print_latencies(&all);
  printf("}\n");
  sqlite3_close_v2(db);
}

// ---- reading ---------------------------------------------------------------------------------

static void catch_up(const char *folder) {
  open_store(folder);
  sqlite3_stmt *all = prepare("SELECT position, record FROM event WHERE position > ? ORDER BY position");
  sqlite3_bind_int64(all, 1, 0);
  size_t count = 0, bytes = 0;
  uint8_t seen = 0;
  double before = now();
  while (sqlite3_step(all) == SQLITE_ROW) {
    const uint8_t *record = sqlite3_column_blob(all, 1);
    int length = sqlite3_column_bytes(all, 1);
    seen ^= record[length - 1];
    bytes += length;
    count++;
  }
  double took = now() - before;
  printf("{\"events\":%zu,\"seconds\":%.6f,\"rate\":%.1f,\"bytes\":%zu,\"seen\":%d}\n", count, took,
         count / took, bytes, seen);
}

static void timelines(const char *folder, size_t wanted) {
  open_store(folder);
  long stored = number_from("SELECT max(position) FROM event");
  const uint8_t **marks = malloc(event_count * sizeof *marks);
  size_t complete = 0;
  for (long i = 0; i < stored && i < (long)event_count; i++)
    if (events[i].number == 5 && events[i].whole) marks[complete++] = events[i].mark;
  if (!complete) die("timeline", "no correction is complete");
  sqlite3_stmt *read = prepare(
      "SELECT e.position, e.record FROM tag_index t JOIN event e ON e.position = t.position"
      " WHERE t.mark = ? ORDER BY t.position");
  Latencies all = {0};
  uint64_t random = 42;
  size_t wrong = 0;
  double first = 0;
  for (size_t n = 0; n < wanted; n++) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    const uint8_t *mark = marks[(random >> 33) % complete];
    double before = now();
    sqlite3_bind_int64(read, 1, mark_of(mark));
    int rows = 0;
    uint8_t copy[65536];
    while (sqlite3_step(read) == SQLITE_ROW) {
      memcpy(copy, sqlite3_column_blob(read, 1), sqlite3_column_bytes(read, 1));
      rows++;
    }
    sqlite3_reset(read);
    double took = now() - before;
    if (n == 0) first = took;
    note(&all, took);
    wrong += rows != 5;
  }
  printf("{\"wrong\":%zu,\"first_ms\":%.5f,", wrong, first * 1e3);
  print_latencies(&all);
  printf("}\n");
}

// ---- importing -------------------------------------------------------------------------------

#define ROWS_OF_COMMIT 4000

typedef struct { int64_t first; int kind_length, value_length, length, key_length; char kind[16], value[256];
                 uint8_t token[32], random[32], key[32], marks[128], bytes[4096]; int marks_length; } Row;

static int copied(void *to, size_t room, sqlite3_stmt *from, int column) {
  int length = sqlite3_column_bytes(from, column);
  if ((size_t)length > room) die("import", "a row is larger than expected");
  memcpy(to, sqlite3_column_blob(from, column), length);
  return length;
}

static size_t take(sqlite3_stmt *from, Row *rows, size_t most, int what) {
  size_t count = 0;
  while (count < most && sqlite3_step(from) == SQLITE_ROW) {
    Row *r = &rows[count++];
    if (what == 's') {
      copied(r->token, 32, from, 0);
      r->kind_length = copied(r->kind, sizeof r->kind, from, 1);
      r->value_length = copied(r->value, sizeof r->value, from, 2);
      copied(r->random, 32, from, 3);
    } else {
      r->first = sqlite3_column_int64(from, 0);
      r->length = copied(r->bytes, sizeof r->bytes, from, 1);
      if (what == 'e') {
        copied(r->token, 32, from, 2);
        r->marks_length = copied(r->marks, sizeof r->marks, from, 3);
      } else {
        r->key_length = copied(r->key, sizeof r->key, from, 2);
      }
    }
  }
  return count;
}

static double count_of(sqlite3 *ours, const char *sql) {
  char counting[512];
  sqlite3_stmt *count = 0;
  snprintf(counting, sizeof counting, "SELECT count(*) FROM (%s)", sql);
  if (sqlite3_prepare_v2(ours, counting, -1, &count, 0) || sqlite3_step(count) != SQLITE_ROW)
    die("import", sqlite3_errmsg(ours));
  double rows = sqlite3_column_int64(count, 0);
  sqlite3_finalize(count);
  return rows;
}

// The same rows and values as an import of ours stored, in commits as large; read outside the time that counts.
static void import(const char *folder, const char *source, int is_inventory) {
  open_store(folder);
  run("CREATE TABLE IF NOT EXISTS subject(token BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL,"
      " random BLOB NOT NULL, UNIQUE(kind, value)) STRICT, WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS reference_row(row INTEGER PRIMARY KEY, content BLOB NOT NULL, key BLOB NOT NULL) STRICT;"
      "CREATE INDEX IF NOT EXISTS reference_row_key ON reference_row(substr(key, 1, 8));");
  sqlite3 *ours;
  if (sqlite3_open_v2(source, &ours, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, 0)) die(source, "cannot be read");
  sqlite3_stmt *from = 0, *subjects = 0;
  const char *rows_sql = is_inventory
      ? "SELECT position, record, leaf, marks FROM event WHERE length(record) < 4096"
      : "SELECT row, content, key FROM reference_row WHERE set_id = 1 ORDER BY row";
  // Meter points come with the registrations, the rest with the inventory; their tokens are in no order.
  const char *subjects_sql = is_inventory
      ? "SELECT token, kind, value, random FROM subject WHERE kind <> 'mpxn' ORDER BY random"
      : "SELECT token, kind, value, random FROM subject WHERE kind = 'mpxn' ORDER BY random";
  double total_rows = count_of(ours, rows_sql), total_subjects = count_of(ours, subjects_sql);
  if (sqlite3_prepare_v2(ours, rows_sql, -1, &from, 0) || sqlite3_prepare_v2(ours, subjects_sql, -1, &subjects, 0))
    die(source, sqlite3_errmsg(ours));
  sqlite3_stmt *insert_subject = prepare("INSERT INTO subject VALUES(?,?,?,?)");
  sqlite3_stmt *insert_row = prepare("INSERT INTO reference_row VALUES(?,?,?)");
  Row *rows = malloc(ROWS_OF_COMMIT * sizeof *rows), *named = malloc(ROWS_OF_COMMIT * sizeof *named);
  if (!rows || !named) die("import", "out of memory");
  size_t done = 0, done_subjects = 0, got;
  double took = 0;
  int is_last = 0;
  // A statement that has come to its end would begin anew.
  while (!is_last && (got = take(from, rows, ROWS_OF_COMMIT, is_inventory ? 'e' : 'r'))) {
    // As many values as fall to these rows.
    size_t due = (size_t)((done + got) / total_rows * total_subjects) - done_subjects, more = 0;
    if (due > ROWS_OF_COMMIT) due = ROWS_OF_COMMIT;
    is_last = got < ROWS_OF_COMMIT;
    more = take(subjects, named, due, 's');
    double before = now();
    step(begin);
    for (size_t i = 0; i < more; i++) {
      sqlite3_bind_blob(insert_subject, 1, named[i].token, 32, SQLITE_STATIC);
      sqlite3_bind_text(insert_subject, 2, named[i].kind, named[i].kind_length, SQLITE_STATIC);
      sqlite3_bind_text(insert_subject, 3, named[i].value, named[i].value_length, SQLITE_STATIC);
      sqlite3_bind_blob(insert_subject, 4, named[i].random, 32, SQLITE_STATIC);
      step(insert_subject);
    }
    for (size_t i = 0; i < got; i++) {
      Row *r = &rows[i];
      if (is_inventory) {
        sqlite3_bind_int64(insert_event, 1, r->first);
        sqlite3_bind_blob(insert_event, 2, r->bytes, r->length, SQLITE_STATIC);
        sqlite3_bind_blob(insert_event, 3, r->token, 32, SQLITE_STATIC);
        sqlite3_bind_blob(insert_event, 4, r->marks, r->marks_length, SQLITE_STATIC);
        step(insert_event);
        for (int m = 0; with_index && m + 6 <= r->marks_length; m += 6) {
          int64_t mark = 0;
          for (int b = 0; b < 6; b++) mark = mark << 8 | r->marks[m + b];
          sqlite3_bind_int64(insert_mark, 1, mark);
          sqlite3_bind_int64(insert_mark, 2, r->first);
          step(insert_mark);
        }
      } else {
        sqlite3_bind_int64(insert_row, 1, r->first);
        sqlite3_bind_blob(insert_row, 2, r->bytes, r->length, SQLITE_STATIC);
        sqlite3_bind_blob(insert_row, 3, r->key, r->key_length, SQLITE_STATIC);
        step(insert_row);
      }
    }
    step(commit);
    took += now() - before;
    done += got;
    done_subjects += more;
  }
  printf("{\"rows\":%zu,\"subjects\":%zu,\"seconds\":%.6f,\"rate\":%.1f,\"checkpoints\":%ld}\n", done,
         done_subjects, took, done / took, checkpoints);
  sqlite3_close_v2(db);
}

static void open_and_look(const char *folder) {
  double before = now();
  open_store(folder);
  long head = number_from("SELECT max(position) FROM event");
  printf("{\"open_ms\":%.3f,\"head\":%ld}\n", (now() - before) * 1e3, head);
}

static void sync_latency(const char *folder, double seconds) {
  char path[4096], block[8192];
  memset(block, 0xA5, sizeof block);
  snprintf(path, sizeof path, "%s/fdatasync.probe", folder);
  int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0) die(path, "cannot be made");
  Latencies all = {0};
  double end = now() + seconds;
  for (off_t at = 0; now() < end && all.count < 20000; at += sizeof block) {
    double before = now();
    if (pwrite(file, block, sizeof block, at) != sizeof block || fdatasync(file)) die(path, "cannot be written");
    note(&all, now() - before);
  }
  close(file);
  unlink(path);
  printf("{");
  print_latencies(&all);
  printf("}\n");
}

int main(int count, char **words) {
  const char *command = count > 1 ? words[1] : "";
  const char *index = getenv("RAW_SQLITE_INDEX");
  with_index = !index || strcmp(index, "0");
  if (!strcmp(command, "version")) {
    printf("{\"sqlite\":\"%s\",\"source\":\"%s\"}\n", sqlite3_libversion(), sqlite3_sourceid());
  } else if (!strcmp(command, "fsync") && count == 4) {
    sync_latency(words[2], atof(words[3]));
  } else if (!strcmp(command, "append") && count == 8) {
    read_events(words[2]);
    append(words[3], atol(words[4]), atof(words[5]), atol(words[6]), atoi(words[7]));
  } else if (!strcmp(command, "catchup") && count == 3) {
    catch_up(words[2]);
  } else if (!strcmp(command, "timeline") && count == 5) {
    read_events(words[2]);
    timelines(words[3], atol(words[4]));
  } else if (!strcmp(command, "import") && count == 5) {
    import(words[3], words[4], !strcmp(words[2], "inventory"));
  } else if (!strcmp(command, "open") && count == 3) {
    open_and_look(words[2]);
  } else {
    die("usage", "see the head of raw_sqlite.c");
  }
  return 0;
}
