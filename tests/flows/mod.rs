//! Whole weeks through real phones, a real server process and a real desk.

mod amendment;
mod anew;
mod canary;
mod desks;
mod device;
mod lists;
mod lost;
mod office;
pub mod programs;
mod release;
mod replay;
mod size;
pub mod wire;
