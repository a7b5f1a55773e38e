//! What can go wrong with a notebook, by what the caller can do about it, and the stable code of each.
//!
//! No variant carries anything about a person, a key, a path or a text from below. A wrong key and a damaged file are
//! different answers, and neither is ever a reason to delete anything.

use domain::disclosure::Refusal;
use domain::recovery_words::WordsFault;
use domain::sync::error::RefusalCode;
use domain::sync::file::FileFault;
use domain::sync::manifest::ManifestFault;
use domain::sync::receipt::ReceiptFault;
use domain::validate::Finding;
use rusqlite::ErrorCode as SqliteCode;
use rusqlite::ffi;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// The answer of this crate's functions.
pub type Result<T, E = NotebookError> = std::result::Result<T, E>;

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)+) => {
        /// The closed list of codes that the user interface, the command line and support know (`ui` 8).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(export)]
        pub enum ErrorCode { $($(#[$doc])* #[serde(rename = $code)] $variant,)+ }

        impl ErrorCode {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as people read it to support.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code,)+ } }
        }
    };
}

error_codes! {
    /// The PIN or passphrase is wrong.
    WrongSecret = "CODICE-01",
    /// Too many tries: wait.
    MustWait = "CODICE-02",
    /// The new PIN or passphrase is too easy.
    WeakSecret = "CODICE-03",
    /// The notebook is locked.
    Locked = "CODICE-04",
    /// Only behind the lead's step-up PIN.
    StepUpFirst = "CODICE-05",
    /// The tenth wrong PIN in a row: there are no more tries.
    TriesSpent = "CODICE-06",
    /// There is no notebook here.
    Absent = "TACCUINO-01",
    /// The notebook is open in another process.
    Busy = "TACCUINO-02",
    /// A file is damaged. It is left as it is.
    Damaged = "TACCUINO-03",
    /// A newer version of the app wrote the notebook.
    TooNew = "TACCUINO-04",
    /// The folder cannot be read or written.
    Unreadable = "TACCUINO-05",
    /// There is a notebook, or an older journal, here already.
    AlreadyExists = "TACCUINO-06",
    /// The notebook belongs to another key.
    WrongKey = "TACCUINO-07",
    /// The journal is older than the notebook: nothing more may be written under this device's name.
    JournalBehind = "TACCUINO-08",
    /// A value of the journal that sending needs is damaged; the entries are not touched by it.
    JournalValue = "TACCUINO-09",
    /// The journal was damaged and was made anew: nothing is lost.
    JournalRebuilt = "TACCUINO-10",
    /// The disk is full.
    DiskFull = "SPAZIO-01",
    /// The device belongs to another unit or programme.
    OtherUnit = "CHIAVE-01",
    /// The hardware key does not answer, or is gone.
    HardwareKey = "CHIAVE-02",
    /// Both copies of the keyfile are damaged.
    KeyfileDamaged = "CHIAVE-03",
    /// The desk has not signed for this device yet.
    NotEnrolled = "ABBINAMENTO-01",
    /// The enrolment code is used up, expired or unknown.
    CodeSpent = "ABBINAMENTO-02",
    /// The address or code of the invitation cannot be read.
    BadInvitation = "ABBINAMENTO-03",
    /// The manifest is not signed by the programme's admin.
    BadManifest = "MANIFESTO-01",
    /// The manifest is older than the one in force.
    StaleManifest = "MANIFESTO-02",
    /// The server refused a record; it is kept.
    RecordRefused = "REG-01",
    /// The record is too large to be sent, and was not saved.
    TooLarge = "REG-02",
    /// What was asked for is not there.
    NotFound = "REG-03",
    /// The input cannot be recorded as it stands.
    InvalidInput = "REG-04",
    /// The details of the night were forgotten here; they are on their way back.
    DetailsForgotten = "REG-05",
    /// The role of this device does not allow it.
    NotAllowed = "RUOLO-01",
    /// The step does not fit where things stand.
    WrongState = "STATO-01",
    /// A referral was opened from this card: it is not given up.
    CardInUse = "STATO-02",
    /// The period was given, or shares a week with one that was: it stays as it was given.
    ReleaseFrozen = "RILASCIO-01",
    /// The recipient gets these tables in another granularity.
    ReleaseGranularity = "RILASCIO-02",
    /// The period is not over.
    ReleaseTooEarly = "RILASCIO-03",
    /// The same weeks were given under other rules.
    ReleaseRules = "RILASCIO-04",
    /// Another desk has published a release of this number; this one is made again under the next.
    ReleaseNumberTaken = "RILASCIO-05",
    /// The release was withdrawn for good.
    ReleaseWithdrawn = "RILASCIO-06",
    /// Nights of the period are still to come.
    NightsToCome = "RILASCIO-07",
    /// The receipt is not signed by the pinned server key.
    BadReceipt = "RICEVUTA-01",
    /// The receipt lists something else than this device holds.
    ReceiptMismatch = "RICEVUTA-02",
    /// The programme has no server yet.
    NoServer = "SERVER-01",
    /// A word is on no recovery sheet, or the words do not fit together.
    WrongWords = "FOGLIO-01",
    /// The words open nothing of what was given: another programme's, or an older sheet.
    OtherSheet = "FOGLIO-02",
    /// There is nothing to recover from in the folder.
    NothingFound = "FOGLIO-03",
    /// The sheet opens everything, but the copies hand on no key to sign with.
    NoSigner = "FOGLIO-04",
    /// The server does not answer.
    Unreachable = "RETE-01",
    /// The network asks for a sign-in.
    CaptivePortal = "RETE-02",
    /// The server cannot be believed: wrong certificate or wrong key.
    ServerIdentity = "RETE-03",
    /// The server is busy or full; try later.
    ServerBusy = "RETE-04",
    /// The server does not speak this version of the protocol.
    Protocol = "RETE-05",
    /// The server was set back to an older state; what it lost is sent again.
    ServerSetBack = "RETE-06",
    /// Not a file of a night, or a damaged one; nothing was taken from it.
    BadFile = "FILE-01",
    /// The file is another unit's, or of a phone that this one does not know.
    ForeignFile = "FILE-02",
    /// A newer version of the app made the file.
    FileTooNew = "FILE-03",
    /// The clock of the device is wrong.
    ClockOff = "ORA-01",
    /// The device is revoked: it may hand in, and reads nothing more.
    Revoked = "REV-01",
    /// The server holds another log of this device: a copy of it exists.
    Fork = "REV-02",
    /// A fault of the program, with its place.
    Internal = "INTERNO-01",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a new PIN or passphrase is refused. The secret itself is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretFault {
    /// Fewer than six digits, or fewer than twelve characters.
    #[error("too short")]
    TooShort,
    /// A PIN with something else than digits.
    #[error("not digits only")]
    NotDigits,
    /// Among the commonest, a run, a repeat, or a date.
    #[error("too easy to guess")]
    TooEasy,
    /// A step-up PIN that contains the unlock PIN, or is part of it.
    #[error("too near to the unlock PIN")]
    LikeUnlock,
}

/// An error of the notebook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotebookError {
    /// The PIN or passphrase is wrong.
    #[error("wrong PIN or passphrase")]
    WrongSecret,
    /// Too many tries.
    #[error("wait before the next try")]
    MustWait {
        /// Milliseconds left.
        wait_ms: u64,
    },
    /// The tenth wrong PIN in a row.
    #[error("no more tries")]
    TriesSpent,
    /// The new PIN or passphrase is refused.
    #[error("PIN or passphrase refused: {0}")]
    WeakSecret(SecretFault),
    /// It has to be unlocked first.
    #[error("notebook is locked")]
    Locked,
    /// The step-up PIN of the lead's phone has not been given, or too long ago.
    #[error("step-up PIN first")]
    StepUpFirst,
    /// No notebook here.
    #[error("no notebook here")]
    Absent,
    /// Open in another process.
    #[error("notebook is open elsewhere")]
    Busy,
    /// A file fails its checks; it is left untouched.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// Written by a newer version; left untouched.
    #[error("written by a newer version")]
    TooNew,
    /// The folder or a file in it cannot be opened.
    #[error("cannot be read or written: {0}")]
    Unreadable(&'static str),
    /// Something is here already, and nothing is overwritten.
    #[error("exists already: {0}")]
    AlreadyExists(&'static str),
    /// Encrypted under another key.
    #[error("notebook of another key")]
    WrongKey,
    /// The journal lost entries that the notebook has: writing on would fork the log.
    #[error("journal is behind the notebook")]
    JournalBehind,
    /// A value of the journal fails its check in both copies: what it says of the device's place is not believed.
    #[error("a value of the journal is damaged")]
    JournalValue,
    /// Nothing more can be written; what was acknowledged is safe.
    #[error("disk is full")]
    DiskFull,
    /// The manifest names another unit or programme.
    #[error("device of another unit")]
    OtherUnit,
    /// The hardware key fails.
    #[error("hardware key does not answer")]
    HardwareKey,
    /// Both copies of the keyfile fail their checks.
    #[error("keyfile is damaged")]
    KeyfileDamaged,
    /// No manifest names this device yet.
    #[error("device is not enrolled")]
    NotEnrolled,
    /// The manifest cannot be believed.
    #[error("manifest refused: {0}")]
    BadManifest(#[from] ManifestFault),
    /// The manifest is older than the one in force.
    #[error("manifest is older than the one in force")]
    StaleManifest,
    /// The receipt cannot be believed.
    #[error("receipt refused: {0}")]
    BadReceipt(#[from] ReceiptFault),
    /// The receipt's chain value differs from our own, or it claims more than we wrote.
    #[error("receipt differs from the journal")]
    ReceiptMismatch,
    /// The server said no.
    #[error("server refused: {0}")]
    Refused(RefusalCode),
    /// The sealed record is above the limit of the protocol; it was not saved.
    #[error("record is too large")]
    TooLarge,
    /// What was asked for is not there.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The input cannot be recorded as it stands.
    #[error("invalid input: {0}")]
    InvalidInput(&'static str),
    /// Rules of `domain` C stand in the way. A finding holds ids and field names only.
    #[error("rules stand in the way")]
    Rules(Vec<Finding>),
    /// The details of an outing were forgotten, as agreed, and are wanted again: the server hands them out once more.
    #[error("details of the outing are forgotten")]
    DetailsForgotten,
    /// The role of this device does not allow it.
    #[error("role does not allow it")]
    NotAllowed,
    /// The step does not fit where things stand.
    #[error("wrong state: {0}")]
    WrongState(&'static str),
    /// A referral was opened from this card, and names its contact.
    #[error("a referral was opened from this card")]
    CardInUse,
    /// A release that the rules do not allow (D.4).
    #[error("release refused: {0}")]
    Release(#[from] Refusal),
    /// Another desk has published a release of this number.
    #[error("number of the release is another desk's")]
    ReleaseNumberTaken,
    /// It was withdrawn from the server, for good.
    #[error("release was withdrawn")]
    ReleaseWithdrawn,
    /// What it counts has not all come, and nobody said that it is to go out all the same.
    #[error("nights of the period are to come")]
    NightsToCome,
    /// The invitation cannot be read.
    #[error("invitation cannot be read")]
    BadInvitation,
    /// There is no server yet.
    #[error("no server yet")]
    NoServer,
    /// The words of a recovery sheet cannot be read.
    #[error("recovery words refused: {0}")]
    WrongWords(#[from] WordsFault),
    /// The words are right, and of another sheet.
    #[error("recovery sheet of something else")]
    OtherSheet,
    /// A folder without copies.
    #[error("no copies to recover from")]
    NothingFound,
    /// No copy hands on the admin's key.
    #[error("the copies hold no key to sign with")]
    NoSigner,
    /// No connection to the server.
    #[error("server does not answer")]
    Unreachable,
    /// Something between us and the server answers in its place.
    #[error("the network asks for a sign-in")]
    CaptivePortal,
    /// The server's certificate or key is not the expected one.
    #[error("server cannot be believed")]
    ServerIdentity,
    /// A file that does not carry a night as it should; nothing was taken from it.
    #[error("file refused: {0}")]
    BadFile(#[from] FileFault),
    /// A file of another unit or programme, or with operations of a device that this one does not know.
    #[error("file of another unit")]
    ForeignFile,
    /// A fault of the program.
    #[error("internal fault: {0}")]
    Internal(&'static str),
}

impl NotebookError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::WrongSecret => ErrorCode::WrongSecret,
            Self::MustWait { .. } => ErrorCode::MustWait,
            Self::TriesSpent => ErrorCode::TriesSpent,
            Self::WeakSecret(_) => ErrorCode::WeakSecret,
            Self::Locked => ErrorCode::Locked,
            Self::StepUpFirst => ErrorCode::StepUpFirst,
            Self::Absent => ErrorCode::Absent,
            Self::Busy => ErrorCode::Busy,
            Self::Damaged(_) => ErrorCode::Damaged,
            Self::TooNew => ErrorCode::TooNew,
            Self::Unreadable(_) => ErrorCode::Unreadable,
            Self::AlreadyExists(_) => ErrorCode::AlreadyExists,
            Self::WrongKey => ErrorCode::WrongKey,
            Self::JournalBehind => ErrorCode::JournalBehind,
            Self::JournalValue => ErrorCode::JournalValue,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::OtherUnit => ErrorCode::OtherUnit,
            Self::HardwareKey => ErrorCode::HardwareKey,
            Self::KeyfileDamaged => ErrorCode::KeyfileDamaged,
            Self::NotEnrolled => ErrorCode::NotEnrolled,
            Self::BadManifest(_) => ErrorCode::BadManifest,
            Self::StaleManifest => ErrorCode::StaleManifest,
            Self::BadReceipt(_) => ErrorCode::BadReceipt,
            Self::ReceiptMismatch => ErrorCode::ReceiptMismatch,
            Self::Refused(code) => refused(*code),
            Self::TooLarge => ErrorCode::TooLarge,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::InvalidInput(_) | Self::Rules(_) => ErrorCode::InvalidInput,
            Self::DetailsForgotten => ErrorCode::DetailsForgotten,
            Self::NotAllowed => ErrorCode::NotAllowed,
            Self::WrongState(_) => ErrorCode::WrongState,
            Self::CardInUse => ErrorCode::CardInUse,
            Self::Release(refusal) => released(*refusal),
            Self::ReleaseNumberTaken => ErrorCode::ReleaseNumberTaken,
            Self::ReleaseWithdrawn => ErrorCode::ReleaseWithdrawn,
            Self::NightsToCome => ErrorCode::NightsToCome,
            Self::BadInvitation => ErrorCode::BadInvitation,
            Self::NoServer => ErrorCode::NoServer,
            Self::WrongWords(_) => ErrorCode::WrongWords,
            Self::OtherSheet => ErrorCode::OtherSheet,
            Self::NothingFound => ErrorCode::NothingFound,
            Self::NoSigner => ErrorCode::NoSigner,
            Self::Unreachable => ErrorCode::Unreachable,
            Self::CaptivePortal => ErrorCode::CaptivePortal,
            Self::ServerIdentity => ErrorCode::ServerIdentity,
            Self::BadFile(FileFault::TooNew) => ErrorCode::FileTooNew,
            Self::BadFile(_) => ErrorCode::BadFile,
            Self::ForeignFile => ErrorCode::ForeignFile,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }
}

const fn released(refusal: Refusal) -> ErrorCode {
    match refusal {
        Refusal::PeriodFrozen | Refusal::PeriodOverlaps => ErrorCode::ReleaseFrozen,
        Refusal::GranularityChanged | Refusal::PeriodTooShort => ErrorCode::ReleaseGranularity,
        Refusal::PeriodOpen => ErrorCode::ReleaseTooEarly,
        Refusal::RulesChanged | Refusal::ThresholdTooLow => ErrorCode::ReleaseRules,
    }
}

const fn refused(code: RefusalCode) -> ErrorCode {
    match code {
        RefusalCode::ClockOff => ErrorCode::ClockOff,
        RefusalCode::Revoked => ErrorCode::Revoked,
        RefusalCode::UnknownDevice => ErrorCode::NotEnrolled,
        RefusalCode::NotAllowed => ErrorCode::NotAllowed,
        RefusalCode::NotFound => ErrorCode::NotFound,
        RefusalCode::Fork => ErrorCode::Fork,
        RefusalCode::StaleManifest => ErrorCode::StaleManifest,
        RefusalCode::CodeSpent => ErrorCode::CodeSpent,
        RefusalCode::TooLarge => ErrorCode::RecordRefused,
        RefusalCode::TooMany | RefusalCode::Unavailable | RefusalCode::Internal => ErrorCode::ServerBusy,
        RefusalCode::UnsupportedVersion => ErrorCode::Protocol,
        RefusalCode::Malformed
        | RefusalCode::BadSignature
        | RefusalCode::Replayed
        | RefusalCode::Gap
        | RefusalCode::Removed
        | RefusalCode::UnsupportedMedia => ErrorCode::Protocol,
    }
}

/// What SQLite reports while a notebook or journal is in use. Opening tells more apart: `store::open`.
impl From<rusqlite::Error> for NotebookError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => from_sqlite(failure),
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound("row"),
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => Self::Damaged("a stored value"),
            _ => Self::Internal("database"),
        }
    }
}

const fn from_sqlite(failure: ffi::Error) -> NotebookError {
    match failure.code {
        SqliteCode::DiskFull => NotebookError::DiskFull,
        SqliteCode::DatabaseBusy | SqliteCode::DatabaseLocked | SqliteCode::FileLockingProtocolFailed => {
            NotebookError::Busy
        }
        // SQLCipher reports a page whose HMAC fails as "not a database".
        SqliteCode::NotADatabase | SqliteCode::DatabaseCorrupt => NotebookError::Damaged("database"),
        SqliteCode::CannotOpen | SqliteCode::PermissionDenied | SqliteCode::ReadOnly => {
            NotebookError::Unreadable("database")
        }
        SqliteCode::SystemIoFailure => match failure.extended_code {
            // Growing the shared-memory file fails on a full disk with these.
            ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMMAP => NotebookError::DiskFull,
            _ => NotebookError::Unreadable("database input or output"),
        },
        _ => NotebookError::Internal("database"),
    }
}

/// A file operation of this crate, by what the caller can do about it. `place` names the file, not its path.
pub(crate) fn io_error(place: &'static str) -> impl Fn(std::io::Error) -> NotebookError {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => NotebookError::DiskFull,
        std::io::ErrorKind::NotFound => NotebookError::Absent,
        std::io::ErrorKind::WouldBlock => NotebookError::Busy,
        _ => NotebookError::Unreadable(place),
    }
}

/// An error as the user interface gets it: a code, and nothing from below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ErrorView {
    /// The code; its three lines of text are the user interface's.
    pub code: ErrorCode,
    /// Where in the program, for `INTERNO-01` only.
    pub place: Option<&'static str>,
    /// Seconds to wait, for `CODICE-02` only.
    pub wait_seconds: Option<u32>,
    /// The rules that stand in the way, for `REG-04` only.
    pub findings: Vec<Finding>,
}

impl ErrorView {
    /// A fault of the program.
    #[must_use]
    pub const fn internal(place: &'static str) -> Self {
        Self { code: ErrorCode::Internal, place: Some(place), wait_seconds: None, findings: Vec::new() }
    }
}

impl From<NotebookError> for ErrorView {
    fn from(error: NotebookError) -> Self {
        let mut view = Self { code: error.code(), place: None, wait_seconds: None, findings: Vec::new() };
        match error {
            NotebookError::Internal(place) => view.place = Some(place),
            NotebookError::MustWait { wait_ms } => {
                view.wait_seconds = Some(u32::try_from(wait_ms.div_ceil(1000)).unwrap_or(u32::MAX));
            }
            NotebookError::Rules(findings) => view.findings = findings,
            _ => {}
        }
        view
    }
}

impl fmt::Display for ErrorView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{} ({place})", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::io::Write;

    #[test]
    fn every_code_stands_for_one_thing_and_reads_back() {
        let codes: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.code()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{code}\""), "the interface gets the code that people read");
            assert_eq!(serde_json::from_str::<ErrorCode>(&json).unwrap(), *code);
        }
    }

    #[test]
    fn tells_a_full_disk_from_an_unreadable_one() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap().write_all(b"x").unwrap_err();
        assert_eq!(io_error("keyfile")(full), NotebookError::DiskFull);
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert_eq!(io_error("keyfile")(denied), NotebookError::Unreadable("keyfile"));
        let sqlite = |code| NotebookError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert_eq!(sqlite(ffi::SQLITE_FULL), NotebookError::DiskFull);
        assert_eq!(sqlite(ffi::SQLITE_BUSY_SNAPSHOT), NotebookError::Busy);
        assert_eq!(sqlite(ffi::SQLITE_CORRUPT_INDEX).code(), ErrorCode::Damaged);
        assert_eq!(sqlite(ffi::SQLITE_NOTADB).code(), ErrorCode::Damaged);
        assert_eq!(sqlite(ffi::SQLITE_CANTOPEN_ISDIR).code(), ErrorCode::Unreadable);
        assert_eq!(sqlite(ffi::SQLITE_IOERR_SHMSIZE), NotebookError::DiskFull);
        assert_eq!(sqlite(ffi::SQLITE_IOERR_READ).code(), ErrorCode::Unreadable);
    }

    #[test]
    fn shows_a_code_and_nothing_from_below() {
        let view = ErrorView::from(NotebookError::MustWait { wait_ms: 29_001 });
        assert_eq!((view.code, view.wait_seconds), (ErrorCode::MustWait, Some(30)));
        let view = ErrorView::from(NotebookError::Damaged("journal"));
        assert_eq!((view.to_string().as_str(), view.place), ("TACCUINO-03", None));
        assert_eq!(ErrorView::from(NotebookError::Internal("hkdf")).to_string(), "INTERNO-01 (hkdf)");
    }
}
