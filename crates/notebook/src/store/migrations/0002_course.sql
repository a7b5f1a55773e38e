-- What the board of referrals asks of each beside the days on which it is opened, ended and lost: kept as columns, so that
-- those that are open are ranked without opening any. The whole table is made anew from desk_entry.
DROP TABLE counted_referral;
CREATE TABLE counted_referral (
    referral  BLOB PRIMARY KEY,
    -- Events that came before it did.
    waiting   INTEGER NOT NULL,
    opened    INTEGER,
    ended     INTEGER,
    lost      INTEGER,
    -- The day on the referral itself, places in the lists of codes, the day of the last event.
    opened_on INTEGER,
    urgency   INTEGER,
    state     INTEGER,
    last_on   INTEGER,
    -- When an emergency place was found.
    placed    INTEGER,
    parent    BLOB,
    json      BLOB
) STRICT;
CREATE INDEX counted_referral_by_opening ON counted_referral (opened);
CREATE INDEX counted_referral_by_end ON counted_referral (ended) WHERE ended IS NOT NULL;
CREATE INDEX counted_referral_by_loss ON counted_referral (lost) WHERE lost IS NOT NULL;
CREATE INDEX counted_referral_waiting ON counted_referral (waiting) WHERE waiting > 0;
CREATE INDEX counted_referral_open ON counted_referral (lost, opened_on, urgency, state, last_on, referral)
    WHERE ended IS NULL AND opened_on IS NOT NULL;
CREATE INDEX counted_referral_placed ON counted_referral (placed, referral) WHERE placed IS NOT NULL;
CREATE INDEX counted_referral_by_parent ON counted_referral (parent, opened_on, referral) WHERE parent IS NOT NULL;
