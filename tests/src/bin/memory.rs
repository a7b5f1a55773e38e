//! `uscita-memory-test`: a notebook in a process of its own, for the tests that read the process's memory, or kill it.
//!
//! The first argument is the folder of the notebook. With `desk` after it, it is a desk's: every page that is taken in is a
//! line, and with `hold` it goes no further than the first.
//!
//! It takes commands as lines of JSON (what the window's IPC carries) and answers each with a line. It does with memory
//! what the window does: the same allocator, and no copy of its own that outlives a command. Only the closing of the
//! process is left out, or nobody could look.

use anyhow::{Context, Result};
use notebook::command::Command;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::process::runtime;
use notebook::session::{Seat, Session, SessionSetup};
use notebook::sync::progress::PullProgress;
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use zeroizing_alloc::ZeroAlloc;

/// As in the window: memory that is given back is cleared first.
#[global_allocator]
static MEMORY: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// Of one line.
const MOST_BYTES: usize = 64 * 1024;

fn main() -> Result<()> {
    runtime()?.block_on(answer_all())
}

async fn answer_all() -> Result<()> {
    let data_dir = PathBuf::from(std::env::args_os().nth(1).context("the folder of a notebook")?);
    let words: Vec<String> = std::env::args().skip(2).collect();
    let is_desk = words.iter().any(|word| word == "desk");
    let session = Session::open(SessionSetup {
        share_dir: data_dir.join("shared"),
        binder: Arc::new(FileBinder::new(&data_dir)),
        data_dir,
        seat: if is_desk { Seat::Desk } else { Seat::Phone },
        clock: Arc::new(|| Moment::at(chrono::Utc::now())),
        entropy: Entropy::system(),
    })?;
    if is_desk {
        let holds = words.iter().any(|word| word == "hold");
        session.on_pull(move |progress| tell(progress, holds));
    } else {
        session.start_sending()?;
    }
    // Without the buffers of standard input and output, which live as long as the process.
    let mut input = File::open("/dev/stdin")?;
    let mut output = File::create("/dev/stdout")?;
    while let Some(line) = line(&mut input)? {
        let session = Arc::clone(&session);
        // A task of its own, as in the window: it lies in memory that is given back.
        output.write_all(&tokio::spawn(answer(session, line)).await??)?;
    }
    Ok(())
}

/// Says that a page was taken in.
fn tell(progress: PullProgress, holds: bool) {
    if progress.received == 0 || !progress.running {
        return;
    }
    let line = format!("{{\"received\":{}}}\n", progress.received);
    let told = File::create("/dev/stdout").and_then(|mut output| output.write_all(line.as_bytes()));
    while holds && told.is_ok() {
        std::thread::park();
    }
}

/// Answers one line.
async fn answer(session: Arc<Session>, line: Vec<u8>) -> Result<Vec<u8>> {
    let command: Command = serde_json::from_slice(&line)?;
    drop(line);
    let answer = match session.handle(command).await {
        Ok(answer) => serde_json::json!({ "ok": answer }),
        Err(error) => serde_json::json!({ "error": error }),
    };
    let mut answer = serde_json::to_vec(&answer)?;
    answer.push(b'\n');
    Ok(answer)
}

/// The next line, without its end; none when there are no more.
fn line(input: &mut File) -> Result<Option<Vec<u8>>> {
    let mut line = vec![0; MOST_BYTES];
    let mut length = 0;
    while !line.get(..length).is_some_and(|read| read.ends_with(b"\n")) {
        match input.read(line.get_mut(length..).context("a line that is too long")?)? {
            0 => return Ok(None),
            more => length += more,
        }
    }
    line.truncate(length - 1);
    Ok(Some(line))
}
