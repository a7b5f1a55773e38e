-- A plain SQLite file. Nothing in it opens anything: ciphertext, hashes, signatures, and where to send them.

CREATE TABLE meta (
    key    TEXT PRIMARY KEY,
    value  BLOB NOT NULL,
    -- SHA-256 over key, a zero byte and value: plain SQLite does not notice a flipped bit.
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    sequence  INTEGER PRIMARY KEY CHECK (sequence > 0),
    stream    TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    chain     BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

-- The last entry that is not kept any more: it and all before it have a copy off the server.
CREATE TABLE base (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    chain    BLOB NOT NULL
) STRICT;

CREATE TRIGGER base_never_goes_back BEFORE UPDATE ON base WHEN new.sequence < old.sequence
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER base_is_never_removed BEFORE DELETE ON base
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
WHEN old.sequence > coalesce((SELECT sequence FROM base), 0)
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

-- The same as `meta`, once more.
CREATE TABLE meta_copy (
    key    TEXT PRIMARY KEY,
    value  BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;
