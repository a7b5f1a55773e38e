//! Why a backup was not made, or not restored. Each fault has a stable code and one Italian sentence for the operator.

use crate::fault::StartFault;
use crate::store::fault::StoreFault;
use std::path::{Path, PathBuf};

/// A backup or a restore that did not happen. The database is as it was, and `backed_up` has not moved.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// Another one is being made.
    #[error("Un'altra copia di sicurezza è in corso; i dati sono al sicuro: attendere che finisca.")]
    Busy,
    /// The database cannot be copied.
    #[error("La copia della banca dati non è riuscita; i dati sono intatti: controllare disco e banca dati. ({0})")]
    Copy(StoreFault),
    /// The disk has no room for one.
    #[error(
        "Per la copia di sicurezza servono {needed_mib} MiB liberi e non ci sono; i dati sono al sicuro e i telefoni conservano ciò che non ha una copia: liberare spazio."
    )]
    NoRoom {
        /// MiB.
        needed_mib: u64,
    },
    /// A file cannot be written or read.
    #[error("Il file {} non si può leggere o scrivere; i dati sono intatti: controllare percorso, permessi e spazio. ({source})", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// The copy is damaged, or no copy of a mailbox.
    #[error(
        "La copia è danneggiata o non è una banca dati di Uscita; nulla è stato modificato: provare con un'altra copia, e controllare il disco."
    )]
    Damaged,
    /// Some logs in the copy are not whole.
    #[error(
        "Nella copia i registri di {logs} dispositivi non sono interi; nulla è stato modificato: provare con una copia precedente."
    )]
    Broken {
        /// How many.
        logs: usize,
    },
    /// A later version made it.
    #[error(
        "La copia (versione {found}) è di un server più recente di questo (versione {known}); nulla è stato modificato: installare la versione nuova."
    )]
    TooNew {
        /// Version of the copy.
        found: i64,
        /// Latest version known here.
        known: i64,
    },
    /// Sealing failed.
    #[error("La copia non si è potuta sigillare; i dati sono intatti: controllare lo spazio su disco e riprovare.")]
    Seal,
    /// Not an `age` file, or cut off.
    #[error(
        "Il file non è una copia sigillata intera; nulla è stato modificato: riprendere il file da dove è conservato."
    )]
    NotSealed,
    /// Sealed to others.
    #[error(
        "Questa chiave non apre la copia; nulla è stato modificato: usare la chiave di uno dei destinatari che erano nelle impostazioni."
    )]
    OtherIdentity,
    /// The file holds no identity.
    #[error("Nel file {} non c'è una chiave AGE-SECRET-KEY-1…; nulla è stato modificato: indicare il file giusto.", path.display())]
    NoIdentity {
        /// The file.
        path: PathBuf,
    },
    /// A command cannot be run, failed, or took too long.
    #[error(
        "Il comando «{name}» non è riuscito ({how}); i dati sono al sicuro e i telefoni conservano ciò che non ha una copia: provarlo a mano come utente del servizio."
    )]
    Program {
        /// Name of the setting.
        name: &'static str,
        /// Exit code, or what the system says.
        how: String,
    },
    /// What was fetched back is not what was sent.
    #[error(
        "La copia riletta non è quella inviata; i dati sono al sicuro e i telefoni conservano ciò che non ha una copia: controllare il luogo delle copie e i comandi «send» e «fetch»."
    )]
    Differs,
    /// The proof could not be noted.
    #[error("La copia è al suo posto, ma non si è potuto annotarlo; i dati sono intatti: riprovare. ({0})")]
    Note(StoreFault),
    /// No backups are set up.
    #[error("Nelle impostazioni manca la sezione [backup]; i dati non sono stati toccati: aggiungerla e riprovare.")]
    NotSetUp,
    /// A restore goes into a new place only.
    #[error("La cartella {} non è vuota e non è stata toccata: indicarne una nuova.", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The place of a restore cannot be used.
    #[error(transparent)]
    Start(#[from] StartFault),
}

impl BackupFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy => "backup_busy",
            Self::Copy(_) => "backup_copy",
            Self::NoRoom { .. } => "backup_no_room",
            Self::File { .. } => "backup_file",
            Self::Damaged => "backup_damaged",
            Self::Broken { .. } => "backup_broken",
            Self::TooNew { .. } => "backup_too_new",
            Self::Seal => "backup_seal",
            Self::NotSealed => "backup_not_sealed",
            Self::OtherIdentity => "backup_other_identity",
            Self::NoIdentity { .. } => "backup_no_identity",
            Self::Program { .. } => "backup_command",
            Self::Differs => "backup_differs",
            Self::Note(_) => "backup_note",
            Self::NotSetUp => "backup_absent",
            Self::NotEmpty { .. } => "restore_not_empty",
            Self::Start(fault) => fault.code(),
        }
    }

    /// The fault of a file.
    pub(super) fn of(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}
