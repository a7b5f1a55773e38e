//! Whole weeks through real phones, a real server process and a real desk.

mod canary;
mod office;
mod programs;
mod replay;
mod size;
mod wire;
