-- Everything below lies inside SQLCipher. Ids are 16-byte blobs; numbers of a device's log start at 1.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE operation (
    device        BLOB    NOT NULL,
    sequence      INTEGER NOT NULL CHECK (sequence > 0),
    id            BLOB    NOT NULL,
    outing        BLOB    NOT NULL,
    date          TEXT    NOT NULL,
    stamp_ms      INTEGER NOT NULL,
    stamp_counter INTEGER NOT NULL,
    -- What can be looked for across all outings without opening every row: 'opening', 'outing', 'signature', 'referral'.
    mark          TEXT,
    chain         BLOB    NOT NULL,
    json          BLOB    NOT NULL,
    UNIQUE (device, sequence)
) STRICT;
-- Holds all that is asked of an outing besides its rows: the latest stamp, the numbers, how many there are.
CREATE INDEX operation_by_outing ON operation (outing, stamp_ms, stamp_counter, device, sequence);
CREATE INDEX operation_by_id ON operation (id);
-- With the outing, so that which outings were opened or signed is asked of the index alone.
CREATE INDEX operation_by_mark ON operation (mark, device, sequence, outing) WHERE mark IS NOT NULL;

CREATE TABLE pending (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    stream   TEXT    NOT NULL,
    sealed   BLOB    NOT NULL,
    json     BLOB    NOT NULL
) STRICT;

-- What the journal holds, once more; without bytes, the last entry that it does not hold any more.
CREATE TABLE own_entry (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    stream   TEXT NOT NULL,
    sealed   BLOB,
    chain    BLOB NOT NULL
) STRICT;

CREATE TABLE draft (
    begun     INTEGER PRIMARY KEY,
    operation BLOB    NOT NULL UNIQUE,
    kind      TEXT    NOT NULL,
    outing    BLOB    NOT NULL,
    saved_at  TEXT    NOT NULL,
    given_up  INTEGER NOT NULL DEFAULT 0,
    json      BLOB    NOT NULL
) STRICT;
CREATE INDEX draft_by_outing ON draft (outing);

CREATE TABLE unknown_answer (
    outing   BLOB NOT NULL,
    contact  BLOB NOT NULL,
    question TEXT NOT NULL,
    UNIQUE (contact, question)
) STRICT;
CREATE INDEX unknown_answer_by_outing ON unknown_answer (outing);

CREATE TABLE alias (
    alias           TEXT PRIMARY KEY,
    last_month_seen TEXT    NOT NULL,
    created_epoch   INTEGER NOT NULL
) STRICT;

CREATE TABLE desk_entry (
    device   BLOB    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    kind     TEXT    NOT NULL,
    outing   BLOB,
    date     TEXT,
    version  INTEGER NOT NULL,
    json     BLOB    NOT NULL,
    UNIQUE (device, sequence)
) STRICT;
CREATE INDEX desk_entry_by_outing ON desk_entry (outing, version);
CREATE INDEX desk_entry_by_date ON desk_entry (date);
-- What is not a night is little, and asked for by itself.
CREATE INDEX desk_entry_by_kind ON desk_entry (kind) WHERE kind <> 'night_log';

CREATE TABLE sealed_copy (
    device   BLOB    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    unit     TEXT    NOT NULL,
    stream   TEXT    NOT NULL,
    previous BLOB    NOT NULL,
    chain    BLOB    NOT NULL,
    -- Where the server's order has it; 0 if it did not come from there.
    cursor   INTEGER NOT NULL,
    refused  TEXT,
    sealed   BLOB    NOT NULL,
    signature BLOB   NOT NULL,
    -- Of a copy that another phone handed over: of which outing, and when it came.
    outing   BLOB,
    taken_on TEXT,
    UNIQUE (device, sequence)
) STRICT;
CREATE INDEX sealed_copy_by_unit ON sealed_copy (unit, stream, cursor);

CREATE TABLE problem (
    device   BLOB    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    code     TEXT    NOT NULL,
    envelope BLOB    NOT NULL,
    UNIQUE (device, sequence)
) STRICT;

-- What was forgotten of an outing: the places stay, so that nothing counts as new that comes again.
CREATE TABLE forgotten (
    device   BLOB    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    outing   BLOB    NOT NULL,
    UNIQUE (device, sequence)
) STRICT;
CREATE INDEX forgotten_by_outing ON forgotten (outing);

CREATE TABLE night_count (
    outing       BLOB PRIMARY KEY,
    -- All of the outing up to this row was found to have a copy off the server on that day.
    covered_row  INTEGER NOT NULL,
    covered_on   TEXT    NOT NULL,
    forgotten_on TEXT,
    json         BLOB
) STRICT;

-- What the desk did about devices. Only ever added to.
CREATE TABLE device_act (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    device     BLOB NOT NULL,
    kind       TEXT NOT NULL,
    reason     TEXT,
    operations INTEGER
) STRICT;
CREATE TRIGGER device_act_is_never_changed BEFORE UPDATE ON device_act
BEGIN SELECT raise(ABORT, 'acts are only added'); END;
CREATE TRIGGER device_act_is_never_removed BEFORE DELETE ON device_act
BEGIN SELECT raise(ABORT, 'acts are only added'); END;

-- Who did what on which day; each hash covers the line before. Only ever added to.
CREATE TABLE register (
    number INTEGER PRIMARY KEY,
    line   BLOB NOT NULL,
    hash   BLOB NOT NULL
) STRICT;
CREATE TRIGGER register_is_never_changed BEFORE UPDATE ON register
BEGIN SELECT raise(ABORT, 'the register is only added to'); END;
CREATE TRIGGER register_is_never_removed BEFORE DELETE ON register
BEGIN SELECT raise(ABORT, 'the register is only added to'); END;

-- What the desk counts with, made of desk_entry and made anew from it at any time. Days are numbers since the year 0, a
-- week is that of its Monday; `entry` is the row of a desk_entry.
CREATE TABLE counted_part (
    kind  INTEGER NOT NULL,
    id    BLOB    NOT NULL,
    -- Where it stands among all that speak of this id, whatever came first.
    rank  BLOB    NOT NULL,
    entry INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    -- Of an accompaniment, the referral that it served.
    referral BLOB,
    json  BLOB    NOT NULL,
    PRIMARY KEY (kind, id, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX counted_part_by_entry ON counted_part (entry);
CREATE INDEX counted_part_by_referral ON counted_part (referral) WHERE referral IS NOT NULL;
CREATE INDEX counted_part_by_day ON counted_part (kind, day);

CREATE TABLE counted_correction (
    device   BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    entry    INTEGER NOT NULL,
    PRIMARY KEY (device, sequence, entry)
) STRICT, WITHOUT ROWID;

-- Of every night the version that stands. What a list of nights does not need is in the two tables after it, so that a
-- list reads few pages.
CREATE TABLE counted_night (
    id          INTEGER PRIMARY KEY,
    outing      BLOB    NOT NULL UNIQUE,
    entry       INTEGER NOT NULL,
    device      BLOB    NOT NULL,
    sequence    INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    reviewed_at TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    outing_type TEXT    NOT NULL,
    cancelled   TEXT,
    minutes     INTEGER NOT NULL,
    contacts    INTEGER NOT NULL,
    records     INTEGER NOT NULL
) STRICT;
CREATE INDEX counted_night_by_day ON counted_night (day, unit);
CREATE INDEX counted_night_by_unit ON counted_night (unit, day);

CREATE TABLE counted_night_sums (
    night  INTEGER PRIMARY KEY,
    sums   BLOB NOT NULL,
    people BLOB NOT NULL
) STRICT;

-- The night log without anything of persons: the outing, its supplies, its amendments.
CREATE TABLE counted_night_log (
    night INTEGER PRIMARY KEY,
    json  BLOB NOT NULL
) STRICT;

CREATE TABLE counted_person (
    id    INTEGER PRIMARY KEY,
    year  INTEGER NOT NULL,
    token BLOB    NOT NULL,
    UNIQUE (year, token)
) STRICT;

CREATE TABLE counted_referral (
    referral BLOB PRIMARY KEY,
    -- Events that came before it did.
    waiting  INTEGER NOT NULL,
    opened   INTEGER,
    ended    INTEGER,
    lost     INTEGER,
    json     BLOB
) STRICT;
CREATE INDEX counted_referral_by_opening ON counted_referral (opened);
CREATE INDEX counted_referral_by_end ON counted_referral (ended) WHERE ended IS NOT NULL;
CREATE INDEX counted_referral_by_loss ON counted_referral (lost) WHERE lost IS NOT NULL;
CREATE INDEX counted_referral_waiting ON counted_referral (waiting) WHERE waiting > 0;
CREATE INDEX counted_referral_open ON counted_referral (lost) WHERE ended IS NULL;

CREATE TABLE counted_referral_week (
    week     INTEGER NOT NULL,
    referral BLOB    NOT NULL,
    -- All of its events, so that a week is counted from rows that lie together.
    path     BLOB    NOT NULL,
    PRIMARY KEY (week, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX counted_referral_week_by_referral ON counted_referral_week (referral);

-- Figures of each unit; of the region where the unit is empty.
CREATE TABLE counted_week (
    unit             TEXT    NOT NULL,
    week             INTEGER NOT NULL,
    outings          INTEGER NOT NULL,
    cancelled        INTEGER NOT NULL,
    minutes          INTEGER NOT NULL,
    operator_minutes INTEGER NOT NULL,
    km               INTEGER NOT NULL,
    contacts         INTEGER NOT NULL,
    first            INTEGER NOT NULL,
    returned         INTEGER NOT NULL,
    observed         INTEGER NOT NULL,
    unlinked         INTEGER NOT NULL,
    distinct_linked  INTEGER NOT NULL,
    largest_outing   INTEGER NOT NULL,
    condoms          INTEGER NOT NULL,
    referrals_opened INTEGER NOT NULL,
    referrals_ended  INTEGER NOT NULL,
    referrals_lost   INTEGER NOT NULL,
    accompaniments   INTEGER NOT NULL,
    desk_accesses    INTEGER NOT NULL,
    PRIMARY KEY (unit, week)
) STRICT, WITHOUT ROWID;
CREATE INDEX counted_week_by_week ON counted_week (week);

CREATE TABLE counted_region (
    week INTEGER PRIMARY KEY,
    sums BLOB NOT NULL
) STRICT;

CREATE TABLE counted_people (
    week   INTEGER PRIMARY KEY,
    people BLOB NOT NULL
) STRICT;
