//! Everything back with the words on paper: by common programs alone as `docs/recupero.md` says it, and by
//! `uscita recover` (architecture 10, invariant 10; B30).

mod page;
mod played;
mod program;
