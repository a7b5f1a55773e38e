-- What this database belongs to. One row.
CREATE TABLE programme (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id       BLOB NOT NULL CHECK (length(id) = 16),
    -- When this database was made, or restored from a backup: seconds since 1970 UTC. Readers know by it that it went back.
    epoch    INTEGER NOT NULL
) STRICT;

-- The manifest in force, as the admin signed it. One row.
CREATE TABLE manifest (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    number    INTEGER NOT NULL CHECK (number > 0),
    manifest  BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

-- The log of one device. Operations 1..stored are held; `head` is the chain value there.
CREATE TABLE log (
    id             INTEGER PRIMARY KEY,
    device         BLOB NOT NULL UNIQUE CHECK (length(device) = 16),
    stored         INTEGER NOT NULL CHECK (stored >= 0),
    head           BLOB NOT NULL CHECK (length(head) = 32),
    -- Operations that a desk says it holds.
    acknowledged   INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged BETWEEN 0 AND stored),
    -- Operations in a backup off this host that was read back.
    copied         INTEGER NOT NULL DEFAULT 0 CHECK (copied BETWEEN 0 AND stored),
    backed_up      INTEGER NOT NULL GENERATED ALWAYS AS (max(acknowledged, copied)) STORED,
    -- Operations whose sealed bytes were removed when their time was over.
    removed        INTEGER NOT NULL DEFAULT 0 CHECK (removed BETWEEN 0 AND acknowledged),
    received_on    TEXT NOT NULL,
    quarantined_on TEXT
) STRICT;

-- Sealed operations in the server's order. AUTOINCREMENT: a cursor is never given twice.
CREATE TABLE operation (
    cursor   INTEGER PRIMARY KEY AUTOINCREMENT,
    log_id   INTEGER NOT NULL REFERENCES log (id),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    stream   TEXT NOT NULL CHECK (stream IN ('journal', 'night_log')),
    unit     TEXT NOT NULL,
    -- The unit whose leads may pull this. NULL when the sender belongs to no unit, whatever unit it names.
    audience TEXT,
    chain    BLOB NOT NULL CHECK (length(chain) = 32),
    -- The sender's, over this place of its log. Readers check it.
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- NULL when the server does not keep the bytes.
    sealed   BLOB,
    -- Why it was set aside. NULL when it was not.
    refused  TEXT,
    -- When its bytes were removed, their time being over.
    removed_on TEXT,
    UNIQUE (log_id, sequence),
    CHECK (sealed IS NOT NULL OR refused IS NOT NULL OR removed_on IS NOT NULL)
) STRICT;
CREATE INDEX operation_of_stream ON operation (stream, cursor);
CREATE INDEX operation_of_unit ON operation (stream, audience, cursor);
CREATE INDEX operation_set_aside ON operation (log_id, sequence) WHERE refused IS NOT NULL;

-- How far a log was held elsewhere on a day: what has been for long enough may be removed.
CREATE TABLE mark (
    log_id  INTEGER NOT NULL REFERENCES log (id),
    day     TEXT NOT NULL,
    through INTEGER NOT NULL CHECK (through > 0),
    PRIMARY KEY (log_id, day)
) STRICT, WITHOUT ROWID;

-- Backups off this host that were read back and found whole.
CREATE TABLE backup (
    name    TEXT PRIMARY KEY,
    -- Seconds since 1970 UTC.
    made_at INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
    -- 1 if it was started from on trial.
    tried   INTEGER NOT NULL DEFAULT 0 CHECK (tried IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Batches of revoked and of forked devices, byte for byte.
CREATE TABLE quarantine (
    -- AUTOINCREMENT: a decision reaches up to a number, so none is given twice.
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    device         BLOB NOT NULL CHECK (length(device) = 16),
    first_sequence INTEGER NOT NULL,
    last_sequence  INTEGER NOT NULL,
    head           BLOB NOT NULL CHECK (length(head) = 32),
    reason         TEXT NOT NULL CHECK (reason IN ('revoked', 'fork')),
    body           BLOB NOT NULL,
    received_on    TEXT NOT NULL,
    -- When a desk last decided about it. What a release left here goes when its time is over.
    decided_on     TEXT,
    -- When a desk dropped it. Until its time is over it can be taken back; nothing releases it meanwhile.
    dropped_on     TEXT,
    UNIQUE (device, first_sequence, last_sequence, head)
) STRICT;

-- What desks decided about quarantine: the signed requests, so that anybody can check them again. Only ever added to.
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY,
    decided_by BLOB NOT NULL CHECK (length(decided_by) = 16),
    created    INTEGER NOT NULL,
    nonce      BLOB NOT NULL CHECK (length(nonce) = 16),
    signature  BLOB NOT NULL CHECK (length(signature) = 64),
    body       BLOB NOT NULL
) STRICT;
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never removed'); END;

-- What happened here: each entry is chained to all earlier ones. Only ever added to; what is old may go, behind a cut.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    day    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    -- Who did it, to whom.
    device BLOB CHECK (length(device) = 16),
    about  BLOB CHECK (length(about) = 16),
    value  INTEGER CHECK (value >= 0),
    chain  BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- Up to where entries were removed, with the chain value there.
CREATE TABLE audit_cut (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    chain  BLOB NOT NULL CHECK (length(chain) = 32),
    cut_on TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_goes_on_without_a_gap BEFORE INSERT ON audit
WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM audit), (SELECT max(number) FROM audit_cut), 0)
BEGIN SELECT raise(ABORT, 'an entry follows the last one'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER audit_is_removed_behind_a_cut BEFORE DELETE ON audit
WHEN OLD.number > coalesce((SELECT max(number) FROM audit_cut), 0)
BEGIN SELECT raise(ABORT, 'an entry is never removed before its time'); END;
-- 24 months, by the last entry. An empty chain may begin behind a cut: it is being put back from a backup.
CREATE TRIGGER audit_cut_is_old BEFORE INSERT ON audit_cut
WHEN EXISTS (SELECT 1 FROM audit) AND NOT EXISTS (
    SELECT 1 FROM audit WHERE number = NEW.number AND chain = NEW.chain
    AND day < date((SELECT day FROM audit ORDER BY number DESC LIMIT 1), '-24 months'))
BEGIN SELECT raise(ABORT, 'a cut is behind entries of 24 months'); END;
CREATE TRIGGER audit_cut_is_never_changed BEFORE UPDATE ON audit_cut
BEGIN SELECT raise(ABORT, 'a cut is never changed'); END;
CREATE TRIGGER audit_cut_is_never_removed BEFORE DELETE ON audit_cut
BEGIN SELECT raise(ABORT, 'a cut is never removed'); END;

-- Devices that destroyed their keys as the admin ordered, by their own signed word.
CREATE TABLE wiped (
    device       BLOB PRIMARY KEY CHECK (length(device) = 16),
    signature    BLOB NOT NULL CHECK (length(signature) = 64),
    confirmed_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a recipient of releases reads: link, and Argon2id of the password.
CREATE TABLE shelf (
    link BLOB PRIMARY KEY CHECK (length(link) = 16),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- Releases, byte for byte as a desk signed them. One that was withdrawn keeps its number and no content.
CREATE TABLE published (
    number       INTEGER PRIMARY KEY CHECK (number > 0),
    link         BLOB NOT NULL REFERENCES shelf (link),
    fingerprint  BLOB NOT NULL CHECK (length(fingerprint) = 32),
    document     BLOB,
    signature    BLOB NOT NULL CHECK (length(signature) = 64),
    published_on TEXT NOT NULL,
    withdrawn_on TEXT,
    CHECK ((document IS NULL) = (withdrawn_on IS NOT NULL))
) STRICT;
CREATE INDEX published_on_shelf ON published (link, number);

-- Announced enrolment codes: hashes of secrets that the server never sees.
CREATE TABLE enrolment_code (
    id           BLOB PRIMARY KEY CHECK (length(id) = 32),
    unit         TEXT,
    announced_at INTEGER NOT NULL,
    wrong_tries  INTEGER NOT NULL DEFAULT 0,
    -- Hash of the request that used it up.
    used_by      BLOB CHECK (length(used_by) = 32)
) STRICT, WITHOUT ROWID;

-- Keys that wait for the admin.
CREATE TABLE enrolment (
    device      BLOB PRIMARY KEY CHECK (length(device) = 16),
    code_id     BLOB NOT NULL CHECK (length(code_id) = 32),
    unit        TEXT,
    signing_key BLOB NOT NULL,
    recipient   TEXT NOT NULL,
    mac         BLOB NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
