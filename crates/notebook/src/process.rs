//! What a process that opens notebooks gives away of itself: nothing, as far as it can say so.
//!
//! | what | how |
//! |---|---|
//! | memory on disk after a crash | no core file, and not dumpable: nobody of the same user reads its memory either |
//! | memory that was given back | cleared, by the allocator of the programs ([`zeroizing_alloc`](https://docs.rs/zeroizing-alloc)) |
//! | the stack that a command used | overwritten after it ([`clear_stack`]), and by a thread that goes to rest ([`runtime`]) |
//! | the text of a panic | its place only: a message may hold what somebody wrote |
//!
//! The allocator is named by each program. It clears what serialisation, text and the libraries leave behind, without
//! anybody having to remember; keys are cleared by their own types before that.

use crate::error::{NotebookError, Result};
use tokio::runtime::{Builder, Runtime};

/// Closes the process against whoever looks at its memory, and silences what panics say. Called first of all.
///
/// # Errors
/// [`NotebookError::Internal`] if the system does not do it.
pub fn close() -> Result<()> {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "panic");
    }));
    undumpable()
}

/// Bytes of stack that a command may have used: half of what its thread has.
const STACK_BYTES: usize = 1024 * 1024;

/// Overwrites what the functions that have returned left on the stack of this thread. The allocator does not reach
/// there, and an idle thread keeps it.
#[inline(never)]
pub fn clear_stack() {
    let mut below = [0_u8; STACK_BYTES];
    std::hint::black_box(&mut below);
}

/// What runs the tasks of a program that opens notebooks, as long as the process lives. A task may begin on one thread
/// and end on another; each overwrites its stack before it rests.
///
/// # Errors
/// [`NotebookError::Internal`] if the system gives no threads.
pub fn runtime() -> Result<&'static Runtime> {
    let runtime = Builder::new_multi_thread().enable_all().on_thread_park(clear_stack).build();
    Ok(Box::leak(Box::new(runtime.map_err(|_| NotebookError::Internal("runtime"))?)))
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn undumpable() -> Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none)
        .and_then(|()| set_dumpable_behavior(DumpableBehavior::NotDumpable))
        .map_err(|_| NotebookError::Internal("core file limit"))
}

/// Elsewhere the system's own settings are in force.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
fn undumpable() -> Result<()> {
    Ok(())
}
