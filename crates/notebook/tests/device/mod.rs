//! The notebook as others see it: its files, its promises, what a recovery needs.

use ::notebook::{crypto, entropy, error, journal, notebook, programme_new};

mod files;
mod fixture;
mod flow;
mod recovery;
mod unlock;
