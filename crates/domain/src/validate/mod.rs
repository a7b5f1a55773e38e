//! Validation rules of `domain` C: one function per rule, each giving findings.

mod finding;

pub use finding::{Finding, Place, RuleId, Severity};
