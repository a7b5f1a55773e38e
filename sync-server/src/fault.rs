//! Why the server does not start, or stops. Each fault has a stable code and one Italian sentence for the operator:
//! what is wrong, whether the data are safe, what to do.

use crate::store::fault::StoreFault;
use crate::store::sqlite::open::OpenFault;
use std::path::PathBuf;

/// A start that did not happen. Nothing was deleted.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The configuration file cannot be read.
    #[error("Il file di configurazione {} non si può leggere; i dati non sono stati toccati: controllare percorso e permessi.", path.display())]
    ConfigUnreadable {
        /// The file.
        path: PathBuf,
    },
    /// The configuration file has an unknown key or a wrong value.
    #[error("Il file di configurazione {} non è valido; i dati non sono stati toccati: correggere il punto indicato.\n{reason}", path.display())]
    ConfigInvalid {
        /// The file.
        path: PathBuf,
        /// The parser's words, with the place.
        reason: String,
    },
    /// A setting without default is not given.
    #[error(
        "Manca l'impostazione «{name}»; i dati non sono stati toccati: indicarla con --{name}, nell'ambiente o nel file di configurazione."
    )]
    SettingMissing {
        /// Name of the flag.
        name: &'static str,
    },
    /// A setting's value cannot be used.
    #[error(
        "Il valore dell'impostazione «{name}» non è valido; i dati non sono stati toccati: correggerlo e riavviare."
    )]
    SettingInvalid {
        /// Name of the flag.
        name: &'static str,
    },
    /// The data directory cannot be made or written.
    #[error("La cartella dei dati {} non si può creare o scrivere; quanto contiene è intatto: controllare permessi e disco. ({source})", path.display())]
    DataUnwritable {
        /// The directory.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Another server works on this directory.
    #[error(
        "Un altro server sta usando questa cartella dei dati; i dati sono al sicuro: fermarlo prima di avviarne un secondo."
    )]
    InUse,
    /// The server's key is there but cannot be used.
    #[error(
        "La chiave del server (server.key) è illeggibile o danneggiata; i dati sono intatti: rimettere la copia della chiave, senza crearne una nuova."
    )]
    KeyDamaged,
    /// The system's random numbers failed.
    #[error(
        "Il sistema non fornisce numeri casuali, la chiave del server non è stata creata; i dati sono intatti: riprovare dopo un riavvio."
    )]
    NoRandomness,
    /// The database was written by a later version.
    #[error(
        "La banca dati (versione {found}) è di un server più recente di questo (versione {known}); i dati sono intatti e non sono stati toccati: installare la versione nuova."
    )]
    TooNew {
        /// Version of the file.
        found: i64,
        /// Latest version known here.
        known: i64,
    },
    /// The database is broken.
    #[error(
        "La banca dati è danneggiata e non è stata modificata; telefoni e ufficio hanno ancora le loro copie: mettere da parte il file e ripristinare l'ultima copia di sicurezza."
    )]
    Damaged,
    /// No space left.
    #[error(
        "Il disco è pieno; quanto già confermato è al sicuro e i telefoni conservano il resto: liberare spazio e riavviare."
    )]
    DiskFull,
    /// The database is held by another program.
    #[error("La banca dati è occupata da un altro programma; i dati sono al sicuro: chiuderlo e riprovare.")]
    DatabaseBusy,
    /// The data belong to another programme.
    #[error(
        "La cartella dei dati appartiene a un altro progetto; i dati sono intatti: indicare la cartella o il progetto giusto."
    )]
    OtherProgramme,
    /// The manifest in force was signed by another admin key.
    #[error(
        "Il manifesto in vigore non è firmato dalla chiave dell'amministratore configurata; i dati sono intatti: controllare l'impostazione «admin-key»."
    )]
    OtherAdmin,
    /// Another instance signs receipts with another key.
    #[error(
        "La chiave del server (server.key) non è quella delle altre istanze su questa banca dati; i dati sono intatti: copiare server.key della prima istanza in questa cartella dei dati."
    )]
    OtherKey,
    /// The address is taken, or not of this machine.
    #[error(
        "Non è possibile ascoltare su {address}; i dati sono al sicuro: scegliere un altro indirizzo o liberare la porta. ({source})"
    )]
    Listen {
        /// The address asked for.
        address: std::net::SocketAddr,
        /// The system's answer.
        source: std::io::Error,
    },
    /// Plain HTTP would leave this machine.
    #[error(
        "Il server non ascolta su {address} senza cifratura; i dati non sono stati toccati: indicare [tls] oppure behind-proxy nel file di configurazione, o ascoltare su 127.0.0.1."
    )]
    PlainOutside {
        /// The address asked for.
        address: std::net::SocketAddr,
    },
    /// Certificate or key cannot be read.
    #[error("Il file {} del certificato TLS non si può leggere; i dati sono al sicuro: controllare percorso e permessi. ({source})", path.display())]
    TlsUnreadable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A file is no certificate chain, or no key.
    #[error("Il file {} non contiene un certificato o una chiave TLS validi in formato PEM; i dati sono al sicuro: rimettere il file completo.", path.display())]
    TlsInvalid {
        /// The file.
        path: PathBuf,
    },
    /// Certificate and key do not belong together.
    #[error(
        "Il certificato TLS e la chiave non vanno insieme; i dati sono al sicuro: rimettere la coppia di file giusta."
    )]
    TlsMismatch,
    /// The certificate has expired.
    #[error(
        "Il certificato TLS è scaduto il {on}; i dati sono al sicuro e i telefoni conservano il resto: rinnovarlo e riavviare."
    )]
    TlsExpired {
        /// Its last day.
        on: chrono::NaiveDate,
    },
    /// The certificate does not count yet.
    #[error(
        "Il certificato TLS vale solo dal {on}; i dati sono al sicuro e resta in uso quello di prima: controllare l'orologio di questa macchina."
    )]
    TlsNotYet {
        /// Its first day.
        on: chrono::NaiveDate,
    },
    /// Not a name for a certificate.
    #[error(
        "«{names}» non sono nomi di server validi; nulla è stato creato: indicare nomi come uscita.example.org o indirizzi IP."
    )]
    NameInvalid {
        /// What was given.
        names: String,
    },
    /// The monitor would be reachable from outside.
    #[error(
        "L'impostazione «monitor» accetta solo indirizzi di questa macchina; i dati non sono stati toccati: usare per esempio 127.0.0.1:8471."
    )]
    MonitorOutside,
    /// The server, or its monitor, does not answer well.
    #[error("Il server non è pronto ({reason}); quanto già confermato è al sicuro: eseguire «uscita-server doctor».")]
    NotReady {
        /// What it said.
        reason: String,
    },
    /// A setting is a number that is too small or too large.
    #[error(
        "L'impostazione «{name}» accetta valori da {least} a {most}; i dati non sono stati toccati: correggerla e riavviare."
    )]
    SettingOutOfRange {
        /// Name of the setting.
        name: &'static str,
        /// Least value.
        least: u16,
        /// Most.
        most: u16,
    },
    /// A restore would go into a database that is in use.
    #[error(
        "La banca dati contiene già qualcosa di questo progetto e non è stata toccata: ripristinare solo in una banca dati vuota."
    )]
    NotEmpty,
    /// There is nothing to read yet.
    #[error("La banca dati non c'è ancora; nulla è stato creato: la crea il primo avvio del server.")]
    NoDatabase,
    /// An entry of the record does not follow the one before.
    #[error(
        "Il registro non è intatto: la voce {number} non segue da quella prima. Qualcuno ha modificato la banca dati, o il disco è guasto; non è stato toccato nulla: mettere da parte una copia della banca dati, avvisare l'ufficio e confrontare con l'ultima copia di sicurezza."
    )]
    AuditBroken {
        /// Its number.
        number: u64,
    },
    /// The database does not answer.
    #[error(
        "La banca dati non risponde; quanto già confermato è al sicuro: controllare il disco e riprovare. ({reason})"
    )]
    DatabaseUnreachable {
        /// The database's answer.
        reason: String,
    },
}

impl StartFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ConfigUnreadable { .. } => "config_unreadable",
            Self::ConfigInvalid { .. } => "config_invalid",
            Self::SettingMissing { .. } => "setting_missing",
            Self::SettingInvalid { .. } => "setting_invalid",
            Self::DataUnwritable { .. } => "data_unwritable",
            Self::InUse => "in_use",
            Self::KeyDamaged => "key_damaged",
            Self::NoRandomness => "no_randomness",
            Self::TooNew { .. } => "too_new",
            Self::Damaged => "damaged",
            Self::DiskFull => "disk_full",
            Self::DatabaseBusy => "database_busy",
            Self::OtherProgramme => "other_programme",
            Self::OtherAdmin => "other_admin",
            Self::OtherKey => "other_key",
            Self::Listen { .. } => "listen",
            Self::PlainOutside { .. } => "plain_outside",
            Self::TlsUnreadable { .. } => "tls_unreadable",
            Self::TlsInvalid { .. } => "tls_invalid",
            Self::TlsMismatch => "tls_mismatch",
            Self::TlsExpired { .. } => "tls_expired",
            Self::TlsNotYet { .. } => "tls_not_yet",
            Self::NameInvalid { .. } => "name_invalid",
            Self::MonitorOutside => "monitor_outside",
            Self::NotReady { .. } => "not_ready",
            Self::SettingOutOfRange { .. } => "setting_out_of_range",
            Self::NotEmpty => "database_not_empty",
            Self::NoDatabase => "database_absent",
            Self::AuditBroken { .. } => "audit_broken",
            Self::DatabaseUnreachable { .. } => "database_unreachable",
        }
    }

    /// The fault of a failed read or write in a directory.
    #[must_use]
    pub fn of_directory(path: &std::path::Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull => Self::DiskFull,
            _ => Self::DataUnwritable { path: path.to_owned(), source },
        }
    }
}

impl From<OpenFault> for StartFault {
    fn from(fault: OpenFault) -> Self {
        match fault {
            OpenFault::TooNew { found, known } => Self::TooNew { found, known },
            OpenFault::Damaged => Self::Damaged,
            OpenFault::DiskFull => Self::DiskFull,
            OpenFault::Busy => Self::DatabaseBusy,
            OpenFault::OtherProgramme => Self::OtherProgramme,
            OpenFault::Unreachable(_)
            | OpenFault::File(_)
            | OpenFault::Thread(_)
            | OpenFault::Content(_)
            | OpenFault::Migration(_) => Self::DatabaseUnreachable { reason: fault.to_string() },
        }
    }
}

impl From<StoreFault> for StartFault {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Sqlite(error) => OpenFault::from(error).into(),
            other => Self::DatabaseUnreachable { reason: other.to_string() },
        }
    }
}
