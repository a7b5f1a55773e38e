-- Everything is keyed by programme; logs and operations by programme and unit, so that they distribute by unit.

-- What this database serves. The key that signs receipts is the same for every instance.
CREATE TABLE programme (
    programme  uuid PRIMARY KEY,
    server_key bytea NOT NULL CHECK (length(server_key) = 32),
    -- When this was made, or restored from a backup: seconds since 1970 UTC. Readers know by it that it went back.
    epoch      bigint NOT NULL
);

-- The manifest in force, as the admin signed it.
CREATE TABLE manifest (
    programme uuid PRIMARY KEY,
    number    bigint NOT NULL CHECK (number > 0),
    manifest  bytea NOT NULL,
    signature bytea NOT NULL
);

-- The log of one device. Operations 1..stored are held; `head` is the chain value there.
CREATE TABLE log (
    programme      uuid NOT NULL,
    -- The unit of the device when it first sent; '' for none. Where its log lies, for good.
    unit           text NOT NULL,
    device         uuid NOT NULL,
    stored         bigint NOT NULL CHECK (stored >= 0),
    head           bytea NOT NULL CHECK (length(head) = 32),
    -- Operations that a desk says it holds.
    acknowledged   bigint NOT NULL DEFAULT 0 CHECK (acknowledged BETWEEN 0 AND stored),
    -- Operations in a backup off this host that was read back.
    copied         bigint NOT NULL DEFAULT 0 CHECK (copied BETWEEN 0 AND stored),
    backed_up      bigint NOT NULL GENERATED ALWAYS AS (greatest(acknowledged, copied)) STORED,
    -- Operations whose sealed bytes were removed when their time was over.
    removed        bigint NOT NULL DEFAULT 0 CHECK (removed BETWEEN 0 AND acknowledged),
    received_on    date NOT NULL,
    quarantined_on date,
    PRIMARY KEY (programme, unit, device)
);
CREATE INDEX log_of_device ON log (programme, device);

-- Cursors. Never given twice.
CREATE SEQUENCE operation_cursor AS bigint;

-- Sealed operations in the server's order.
CREATE TABLE operation (
    programme uuid NOT NULL,
    unit      text NOT NULL,
    device    uuid NOT NULL,
    sequence  bigint NOT NULL CHECK (sequence > 0),
    cursor    bigint NOT NULL,
    stream    text NOT NULL CHECK (stream IN ('journal', 'night_log')),
    -- The unit that the batch names.
    named     text NOT NULL,
    -- The unit whose leads may pull this. NULL when the sender belongs to no unit, whatever unit it names.
    audience  text,
    chain     bytea NOT NULL CHECK (length(chain) = 32),
    -- The sender's, over this place of its log. Readers check it.
    signature bytea NOT NULL CHECK (length(signature) = 64),
    -- NULL when the server does not keep the bytes.
    sealed    bytea,
    -- Why it was set aside. NULL when it was not.
    refused   text,
    -- When its bytes were removed, their time being over.
    removed_on date,
    PRIMARY KEY (programme, unit, device, sequence),
    CHECK (sealed IS NOT NULL OR refused IS NOT NULL OR removed_on IS NOT NULL)
);
-- What is sealed cannot be made shorter.
ALTER TABLE operation ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX operation_of_stream ON operation (programme, stream, cursor);
CREATE INDEX operation_of_unit ON operation (programme, stream, audience, cursor);
CREATE INDEX operation_set_aside ON operation (programme, unit, device, sequence) WHERE refused IS NOT NULL;

-- An operation is never without its log. A foreign key would ask for the log once for each operation, which takes longer
-- than all the rest of its row; this asks once for all that come together.
CREATE FUNCTION operation_has_log() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT programme, unit, device FROM added) AS added
               WHERE NOT EXISTS (SELECT FROM log WHERE log.programme = added.programme AND log.unit = added.unit
                                                   AND log.device = added.device)) THEN
        RAISE EXCEPTION 'an operation is never without its log' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER operation_has_log_when_added AFTER INSERT ON operation
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION operation_has_log();
CREATE TRIGGER operation_has_log_when_changed AFTER UPDATE ON operation
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION operation_has_log();
CREATE FUNCTION log_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    RAISE EXCEPTION 'a log is never removed, and stays where it is' USING ERRCODE = 'foreign_key_violation';
END $$;
CREATE TRIGGER log_is_never_removed BEFORE DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_stays();
CREATE TRIGGER log_never_moves BEFORE UPDATE OF programme, unit, device ON log
FOR EACH ROW EXECUTE FUNCTION log_stays();
CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_stays();

-- How far a log was held elsewhere on a day: what has been for long enough may be removed.
CREATE TABLE mark (
    programme uuid NOT NULL,
    unit      text NOT NULL,
    device    uuid NOT NULL,
    day       date NOT NULL,
    through   bigint NOT NULL CHECK (through > 0),
    PRIMARY KEY (programme, unit, device, day),
    FOREIGN KEY (programme, unit, device) REFERENCES log (programme, unit, device)
);

-- Backups off this host that were read back and found whole.
CREATE TABLE backup (
    programme uuid NOT NULL,
    name      text NOT NULL,
    -- Seconds since 1970 UTC.
    made_at   bigint NOT NULL,
    bytes     bigint NOT NULL,
    sha256    bytea NOT NULL CHECK (length(sha256) = 32),
    -- 1 if it was started from on trial.
    tried     bigint NOT NULL DEFAULT 0 CHECK (tried IN (0, 1)),
    PRIMARY KEY (programme, name)
);

-- Batches of revoked and of forked devices, byte for byte.
CREATE TABLE quarantine (
    programme      uuid NOT NULL,
    device         uuid NOT NULL,
    -- A decision reaches up to a number, so none is given twice.
    id             bigint GENERATED ALWAYS AS IDENTITY,
    first_sequence bigint NOT NULL,
    last_sequence  bigint NOT NULL,
    head           bytea NOT NULL CHECK (length(head) = 32),
    reason         text NOT NULL CHECK (reason IN ('revoked', 'fork')),
    body           bytea NOT NULL,
    received_on    date NOT NULL,
    -- When a desk last decided about it. What a release left here goes when its time is over.
    decided_on     date,
    -- When a desk dropped it. Until its time is over it can be taken back; nothing releases it meanwhile.
    dropped_on     date,
    PRIMARY KEY (programme, device, id),
    UNIQUE (programme, device, first_sequence, last_sequence, head)
);

-- What desks decided about quarantine: the signed requests, so that anybody can check them again. Only ever added to.
CREATE TABLE decision (
    programme  uuid NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    decided_by uuid NOT NULL,
    created    bigint NOT NULL,
    nonce      bytea NOT NULL CHECK (length(nonce) = 16),
    signature  bytea NOT NULL CHECK (length(signature) = 64),
    body       bytea NOT NULL,
    PRIMARY KEY (programme, id)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a decision is never changed or removed'; END $$;
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE OR DELETE ON decision
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_is_never_emptied BEFORE TRUNCATE ON decision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What happened here: each entry is chained to all earlier ones. Only ever added to; what is old may go, behind a cut.
CREATE TABLE audit (
    programme uuid NOT NULL,
    number    bigint NOT NULL CHECK (number > 0),
    day       date NOT NULL,
    kind      text NOT NULL,
    -- Who did it, to whom.
    device    uuid,
    about     uuid,
    value     bigint CHECK (value >= 0),
    chain     bytea NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (programme, number)
);

-- Entries that are durable and have no place in the chain yet: transactions do not wait for each other for one.
CREATE TABLE audit_waiting (
    programme uuid NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    day       date NOT NULL,
    kind      text NOT NULL,
    device    uuid,
    about     uuid,
    value     bigint CHECK (value >= 0),
    PRIMARY KEY (programme, id)
);

-- Up to where entries were removed, with the chain value there.
CREATE TABLE audit_cut (
    programme uuid NOT NULL,
    number    bigint NOT NULL CHECK (number > 0),
    chain     bytea NOT NULL CHECK (length(chain) = 32),
    cut_on    date NOT NULL,
    PRIMARY KEY (programme, number)
);

CREATE FUNCTION audit_goes_on() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.number <> 1 + coalesce((SELECT max(number) FROM audit WHERE programme = NEW.programme),
                                  (SELECT max(number) FROM audit_cut WHERE programme = NEW.programme), 0) THEN
        RAISE EXCEPTION 'an entry follows the last one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_goes_on_without_a_gap BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_goes_on();
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.number > coalesce((SELECT max(number) FROM audit_cut WHERE programme = OLD.programme), 0) THEN
        RAISE EXCEPTION 'an entry is never removed before its time';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_is_removed_behind_a_cut BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
-- 24 months, by the last entry. An empty chain may begin behind a cut: it is being put back from a backup.
CREATE FUNCTION audit_cut_is_old() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM audit WHERE programme = NEW.programme) AND NOT EXISTS (
        SELECT 1 FROM audit WHERE programme = NEW.programme AND number = NEW.number AND chain = NEW.chain
        AND day < (SELECT day FROM audit WHERE programme = NEW.programme ORDER BY number DESC LIMIT 1)
                  - interval '24 months') THEN
        RAISE EXCEPTION 'a cut is behind entries of 24 months';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_cut_is_old BEFORE INSERT ON audit_cut FOR EACH ROW EXECUTE FUNCTION audit_cut_is_old();
CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record is never changed'; END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit();
CREATE TRIGGER audit_cut_is_never_changed BEFORE UPDATE OR DELETE ON audit_cut
FOR EACH ROW EXECUTE FUNCTION refuse_audit();
CREATE TRIGGER audit_cut_is_never_emptied BEFORE TRUNCATE ON audit_cut
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit();

-- Devices that destroyed their keys as the admin ordered, by their own signed word.
CREATE TABLE wiped (
    programme    uuid NOT NULL,
    device       uuid NOT NULL,
    signature    bytea NOT NULL CHECK (length(signature) = 64),
    confirmed_on date NOT NULL,
    PRIMARY KEY (programme, device)
);

-- Where a recipient of releases reads: link, and Argon2id of the password.
CREATE TABLE shelf (
    programme uuid NOT NULL,
    link      bytea NOT NULL CHECK (length(link) = 16),
    salt      bytea NOT NULL CHECK (length(salt) = 16),
    hash      bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (programme, link)
);

-- Releases, byte for byte as a desk signed them. One that was withdrawn keeps its number and no content.
CREATE TABLE published (
    programme    uuid NOT NULL,
    number       bigint NOT NULL CHECK (number > 0),
    link         bytea NOT NULL,
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    document     bytea,
    signature    bytea NOT NULL CHECK (length(signature) = 64),
    published_on date NOT NULL,
    withdrawn_on date,
    PRIMARY KEY (programme, number),
    FOREIGN KEY (programme, link) REFERENCES shelf (programme, link),
    CHECK ((document IS NULL) = (withdrawn_on IS NOT NULL))
);
CREATE INDEX published_on_shelf ON published (programme, link, number);

-- Announced enrolment codes: hashes of secrets that the server never sees.
CREATE TABLE enrolment_code (
    programme    uuid NOT NULL,
    id           bytea NOT NULL CHECK (length(id) = 32),
    unit         text,
    announced_at bigint NOT NULL,
    wrong_tries  bigint NOT NULL DEFAULT 0,
    -- Hash of the request that used it up.
    used_by      bytea CHECK (length(used_by) = 32),
    PRIMARY KEY (programme, id)
);

-- Keys that wait for the admin.
CREATE TABLE enrolment (
    programme   uuid NOT NULL,
    device      uuid NOT NULL,
    code_id     bytea NOT NULL CHECK (length(code_id) = 32),
    unit        text,
    signing_key bytea NOT NULL,
    recipient   text NOT NULL,
    mac         bytea NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (programme, device)
);

-- Nonces of signed requests, for as long as they could be used. Losing them in a crash is no worse than a restart.
CREATE UNLOGGED TABLE nonce (
    programme uuid NOT NULL,
    device    uuid NOT NULL,
    nonce     bytea NOT NULL CHECK (length(nonce) = 16),
    seen_at   bigint NOT NULL,
    PRIMARY KEY (programme, device, nonce)
);
CREATE INDEX nonce_by_age ON nonce (seen_at);
