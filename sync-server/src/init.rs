//! The first settings: a commented file that is complete but for what only the office knows.

use crate::authority::Issued;
use crate::fault::StartFault;
use crate::settings::{Flags, LISTEN};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where a server with its own certificate listens.
const OUTSIDE: &str = "0.0.0.0:8470";
const DATA: &str = "/var/lib/uscita";

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A new file.
    New,
    /// There was one: it is left as it is.
    AlreadyThere,
}

/// Writes the settings if there are none.
///
/// # Errors
/// [`StartFault::DataUnwritable`], [`StartFault::DiskFull`].
pub fn write(path: &Path, flags: &Flags, issued: Option<&Issued>) -> Result<Written, StartFault> {
    let failed = |error| StartFault::of_directory(path, error);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(Written::AlreadyThere),
        Err(error) => return Err(failed(error)),
    };
    file.write_all(text(flags, issued).as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(Written::New)
}

/// The address with its pins, as the office enters it when it founds the programme: phones find it in their QR.
#[must_use]
pub fn address(name: &str, listen: &str, pins: &[String]) -> String {
    let port = match listen.rsplit_once(':') {
        Some((_, "443")) | None => String::new(),
        Some((_, port)) => format!(":{port}"),
    };
    let host = if name.contains(':') { format!("[{name}]") } else { name.to_owned() };
    format!("https://{host}{port}#sha256={}", pins.join(","))
}

/// Where the server will listen.
#[must_use]
pub fn listen(flags: &Flags, issued: Option<&Issued>) -> String {
    let default = if issued.is_some() { OUTSIDE } else { LISTEN };
    flags.listen.clone().unwrap_or_else(|| default.to_owned())
}

fn text(flags: &Flags, issued: Option<&Issued>) -> String {
    let given = |name: &str, value: &Option<String>, example: &str| match value {
        Some(value) => format!("{name} = {}", quoted(value)),
        None => format!("# {name} = {}", quoted(example)),
    };
    let data = flags.data.clone().unwrap_or_else(|| PathBuf::from(DATA));
    let tls = match issued {
        Some(issued) => format!(
            "[tls]\ncertificate = {}\nkey = {}\n",
            quoted(&issued.files.certificate.to_string_lossy()),
            quoted(&issued.files.key.to_string_lossy())
        ),
        None => "# [tls]\n# certificate = \"/etc/uscita/tls/server.pem\"\n# key = \"/etc/uscita/tls/server-key.pem\"\n"
            .to_owned(),
    };
    format!(
        "# Impostazioni del server di Uscita. Le righe con # davanti non valgono.
# Dopo una modifica: uscita-server doctor, poi riavviare.

# Dove ascolta. Fuori da questa macchina solo con [tls] o behind-proxy.
listen = {listen}

# La cartella dei dati: solo materiale sigillato, e la chiave del server.
data = {data}

# Dall'ufficio, dopo «uscita programme new»:
{admin_key}
{programme}

# Dettaglio del registro: error, warn, info, debug, trace. Mai indirizzi né contenuti.
log = {log}

# Solo per questa macchina: /healthz, /readyz, /metrics.
monitor = \"127.0.0.1:8471\"

# Se davanti c'è un proxy che parla TLS: i suoi indirizzi. Solo a questi si crede chi chiama.
# behind-proxy = [\"127.0.0.1\"]

# Il certificato, se il server parla TLS da sé. Riletto quando i file cambiano.
{tls}
# PostgreSQL al posto di un file, per molte unità o più server: vedi docs/server-citus.md.
# [database]
# postgres = {{ url-file = \"/etc/uscita/database-url\" }}
",
        listen = quoted(&listen(flags, issued)),
        data = quoted(&data.to_string_lossy()),
        admin_key = given("admin-key", &flags.admin_key, "43 caratteri"),
        programme = given("programme", &flags.programme, "00000000-0000-0000-0000-000000000000"),
        log = quoted(flags.log.as_deref().unwrap_or("info")),
    )
}

/// As TOML writes a text.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::tls::TlsFiles;

    fn issued() -> Issued {
        let files = TlsFiles { certificate: "/x/it's \"c\".pem".into(), key: "/x/k.pem".into() };
        Issued { files, pins: vec!["p".to_owned()], expires_at: chrono::DateTime::UNIX_EPOCH }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.toml");
        let flags = Flags {
            data: Some("/data \"here\"".into()),
            admin_key: Some("ab".repeat(32)),
            programme: Some("5f0c8b0e-3f0a-4b56-9d8e-0f6a7c1d2e3f".to_owned()),
            ..Flags::default()
        };
        assert_eq!(write(&path, &flags, Some(&issued())).unwrap(), Written::New);
        let settings = Settings::load(Flags { config: Some(path.clone()), ..Flags::default() }).unwrap();
        let reach = settings.reach().unwrap();
        assert_eq!((reach.listen.to_string().as_str(), reach.tls), (OUTSIDE, Some(issued().files)));
        assert_eq!(settings.mailbox().unwrap().data, Path::new("/data \"here\""));
        std::fs::write(&path, "mine").unwrap();
        assert_eq!(write(&path, &flags, None).unwrap(), Written::AlreadyThere);
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    }

    #[test]
    fn without_certificate_it_stays_on_this_machine() {
        let text = text(&Flags::default(), None);
        let parsed: toml::Table = text.parse().unwrap();
        assert_eq!(parsed["listen"].as_str(), Some(LISTEN));
        assert!(!parsed.contains_key("tls") && !parsed.contains_key("admin-key"));
    }

    #[test]
    fn address_carries_the_pins() {
        let pins = ["a".to_owned(), "b".to_owned()];
        assert_eq!(address("uscita.example.org", "0.0.0.0:443", &pins), "https://uscita.example.org#sha256=a,b");
        assert_eq!(address("10.0.0.1", "0.0.0.0:8470", &pins), "https://10.0.0.1:8470#sha256=a,b");
        assert_eq!(address("2001:db8::1", "[::]:8470", &pins), "https://[2001:db8::1]:8470#sha256=a,b");
    }
}
