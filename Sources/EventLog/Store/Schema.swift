/// The tables of a ledger, for ever: `schemas/log/ledger.sql` is this text.
enum Schema {
  /// `SMIL` in ASCII, so that a file says what it is.
  static let applicationID = 0x534D_494C
  static let version = 1

  static let sql = """
    -- One row per event. The record is what counts; the other columns only serve look-up and say what it says.
    CREATE TABLE event (
      position INTEGER PRIMARY KEY,
      leaf BLOB NOT NULL CHECK (length(leaf) = 32),
      marks BLOB NOT NULL CHECK (length(marks) % 6 = 0),
      record BLOB NOT NULL CHECK (length(record) <= 65535)
    ) STRICT;

    CREATE TRIGGER event_insert BEFORE INSERT ON event
    WHEN NEW.position <> (SELECT ifnull(max(position), 0) + 1 FROM event)
    BEGIN SELECT RAISE(ABORT, 'an event takes the next position and no other'); END;

    CREATE TRIGGER event_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

    CREATE TRIGGER event_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;

    -- Full tiles of the Merkle tree: 256 hashes of 32 bytes.
    CREATE TABLE tile (
      level INTEGER NOT NULL,
      idx INTEGER NOT NULL,
      hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
      PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER tile_insert BEFORE INSERT ON tile
    WHEN EXISTS (SELECT 1 FROM tile WHERE level = NEW.level AND idx = NEW.idx)
    BEGIN SELECT RAISE(ABORT, 'a tile is written once'); END;

    CREATE TRIGGER tile_update BEFORE UPDATE ON tile
    BEGIN SELECT RAISE(ABORT, 'a tile is never changed'); END;

    CREATE TRIGGER tile_delete BEFORE DELETE ON tile
    BEGIN SELECT RAISE(ABORT, 'a tile is never removed'); END;

    -- Rows of reference data; a set without its row in reference_set does not exist for readers.
    CREATE TABLE reference_row (
      set_id INTEGER NOT NULL,
      row INTEGER NOT NULL,
      key BLOB NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
      content BLOB NOT NULL,
      PRIMARY KEY (set_id, row)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX reference_row_key ON reference_row (substr(key, 1, 8));

    CREATE TRIGGER reference_row_insert BEFORE INSERT ON reference_row
    WHEN NEW.row <> (SELECT ifnull(max(row), 0) + 1 FROM reference_row WHERE set_id = NEW.set_id)
      OR EXISTS (SELECT 1 FROM reference_set WHERE set_id = NEW.set_id)
    BEGIN SELECT RAISE(ABORT, 'a reference row takes the next row of an unfinished set'); END;

    CREATE TRIGGER reference_row_update BEFORE UPDATE ON reference_row
    BEGIN SELECT RAISE(ABORT, 'a reference row is never changed'); END;

    CREATE TRIGGER reference_row_delete BEFORE DELETE ON reference_row
    BEGIN SELECT RAISE(ABORT, 'a reference row is never removed'); END;

    -- The event that a set came with.
    CREATE TABLE reference_set (
      set_id INTEGER PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE
    ) STRICT;

    CREATE TRIGGER reference_set_insert BEFORE INSERT ON reference_set
    WHEN NEW.set_id = -1
      OR EXISTS (SELECT 1 FROM reference_set WHERE set_id = NEW.set_id OR position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'a reference set is finished once'); END;

    CREATE TRIGGER reference_set_update BEFORE UPDATE ON reference_set
    BEGIN SELECT RAISE(ABORT, 'a reference set is never changed'); END;

    CREATE TRIGGER reference_set_delete BEFORE DELETE ON reference_set
    BEGIN SELECT RAISE(ABORT, 'a reference set is never removed'); END;

    -- Erasable: what a token in a record stands for.
    CREATE TABLE subject (
      token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      random BLOB NOT NULL CHECK (length(random) = 32),
      UNIQUE (kind, value)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER subject_insert BEFORE INSERT ON subject
    WHEN EXISTS (SELECT 1 FROM subject WHERE token = NEW.token)
      OR EXISTS (SELECT 1 FROM subject WHERE kind = NEW.kind AND value = NEW.value)
    BEGIN SELECT RAISE(ABORT, 'a subject has one token, and a token one subject'); END;

    CREATE TRIGGER subject_update BEFORE UPDATE ON subject
    BEGIN SELECT RAISE(ABORT, 'a subject is erased, never changed'); END;

    -- Erasable: what a document name in a record stands for.
    CREATE TABLE document (
      name BLOB NOT NULL PRIMARY KEY CHECK (length(name) = 32),
      random BLOB NOT NULL CHECK (length(random) = 32),
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER document_insert BEFORE INSERT ON document
    WHEN EXISTS (SELECT 1 FROM document WHERE name = NEW.name OR rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, 'a document is written once'); END;

    CREATE TRIGGER document_update BEFORE UPDATE ON document
    BEGIN SELECT RAISE(ABORT, 'a document is erased, never changed'); END;

    -- Erasable: a salted commitment to the content of a keyed append, by its first position.
    CREATE TABLE content (
      position INTEGER PRIMARY KEY,
      random BLOB NOT NULL CHECK (length(random) = 32),
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;

    CREATE TRIGGER content_insert BEFORE INSERT ON content
    WHEN EXISTS (SELECT 1 FROM content WHERE position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'a commitment is written once'); END;

    CREATE TRIGGER content_update BEFORE UPDATE ON content
    BEGIN SELECT RAISE(ABORT, 'a commitment is erased, never changed'); END;

    -- Derived, and behind the events: where a mark occurs, complete up to index_state.indexed_to.
    CREATE TABLE tag_index (
      mark INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (mark, position)
    ) STRICT, WITHOUT ROWID;

    -- The events after it up to chunk_to are being put in: of their rows, sorted by mark and position, the first
    -- chunk_rows are in.
    CREATE TABLE index_state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      indexed_to INTEGER NOT NULL,
      chunk_to INTEGER NOT NULL,
      chunk_rows INTEGER NOT NULL
    ) STRICT;

    INSERT INTO index_state (only, indexed_to, chunk_to, chunk_rows) VALUES (1, 0, 0, 0);

    -- Derived: the last number that was taken from each counter.
    CREATE TABLE counter (
      name TEXT NOT NULL PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- For reading by hand.
    CREATE VIEW event_fields AS
    SELECT position,
      json_extract(CAST(record AS TEXT), '$.type') AS type,
      json_extract(CAST(record AS TEXT), '$.recordedAt') AS recorded_at,
      json_extract(CAST(record AS TEXT), '$.effectiveAt') AS effective_at,
      CAST(record AS TEXT) AS record
    FROM event;

    PRAGMA application_id = 1397573964;
    PRAGMA user_version = 1;

    """
}
