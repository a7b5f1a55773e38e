//! Everything back with the words on paper: by common programs alone as `docs/recupero.md` says it, and by
//! `uscita recover` (architecture 10, invariant 10; B30).

#[cfg(feature = "common-programs")]
mod page;
#[cfg_attr(not(feature = "common-programs"), allow(dead_code, reason = "only the page asks for all of it"))]
mod played;
mod program;
