//! Whole weeks through real phones, a real server process and a real desk.

mod amendment;
mod canary;
mod device;
mod lost;
mod office;
pub mod programs;
mod replay;
mod size;
mod wire;
